// The worker that reads and writes the second copy: a browser lets only a worker write to its files
// and wait until they are on the disk. It knows names and bytes, nothing of what they mean.
//
// A message is {id, task, name, bytes, most}; its answer {id, value} or {id, error}, the name of
// the browser's exception. What was asked first is done first.
"use strict";
(() => {
  // Files that this tab appends to; nobody else can open them meanwhile.
  const held = new Map();
  let folder;

  const inFolder = async () => {
    folder ??= await (await navigator.storage.getDirectory()).getDirectoryHandle("flightpath", { create: true });
    return folder;
  };
  const open = async (name) =>
    (await (await inFolder()).getFileHandle(name, { create: true })).createSyncAccessHandle();

  const put = (file, bytes, at) => {
    for (let done = 0; done < bytes.length; ) {
      const written = file.write(bytes.subarray(done), { at: at + done });
      if (!(written > 0)) throw new DOMException("", "QuotaExceededError");
      done += written;
    }
    file.flush();
  };

  const tasks = {
    names: async () => {
      const names = [];
      for await (const name of (await inFolder()).keys()) names.push(name);
      return names;
    },
    read: async ({ name, most }) => {
      const file = await (await (await inFolder()).getFileHandle(name)).getFile();
      return new Uint8Array(await file.slice(0, most).arrayBuffer());
    },
    write: async ({ name, bytes }) => {
      const file = held.get(name) ?? (await open(name));
      try {
        file.truncate(0);
        put(file, bytes, 0);
      } finally {
        if (!held.has(name)) file.close();
      }
    },
    append: async ({ name, bytes }) => {
      if (!held.has(name)) held.set(name, await open(name));
      const file = held.get(name);
      const end = file.getSize();
      try {
        put(file, bytes, end);
      } catch (error) {
        // Half an entry would be in the way of the next one.
        file.truncate(end);
        throw error;
      }
    },
    remove: async ({ name }) => {
      await (await inFolder()).removeEntry(name);
    },
  };

  let last = Promise.resolve();
  onmessage = ({ data }) => {
    last = last.then(async () => {
      try {
        const value = await tasks[data.task](data);
        postMessage({ id: data.id, value }, value instanceof Uint8Array ? [value.buffer] : []);
      } catch (error) {
        postMessage({ id: data.id, error: error?.name ?? "Error" });
      }
    });
  };
})();
