// Downloads everything that Flightpath keeps in this browser as one file. It stands alone: no Wasm,
// nothing of the program, so that it works when the program does not. It opens the database without
// a version, so that it reads an older and a newer one alike, and it never makes, upgrades or
// changes one. The form of the file is described at RESCUE_FORMAT in crates/store/src/dump.rs.
"use strict";
(() => {
  const DATABASE = "flightpath";
  const RESCUE_FORMAT = 1;
  const STORES = ["meta", "state", "log", "history"];
  // Where the second copy lies, in the browser's own files (crates/store/src/copy/mod.rs).
  const FOLDER = "flightpath";
  // Where the number of the last change that was saved is remembered (crates/store/src/marker.rs).
  const LAST_KEY = "flightpath.last-entry";
  // Older ones than these hold nothing that they do not.
  const SNAPSHOTS = 2;
  const LABELS = {
    state: "School data, put away",
    log: "Changes not yet put away",
    history: "History of all changes",
    meta: "Contents list and settings",
    copy: "Second copy, in files",
  };
  // Opening can only wait for another tab that is in the middle of an upgrade.
  const PATIENCE_MS = 3000;

  const element = (id) => document.getElementById(id);
  const say = (id, sentence) => {
    element(id).textContent = sentence;
    element(id).hidden = sentence === "";
  };

  const answer = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = (event) => {
        // A record that cannot be read must not end the reading of the others.
        event.preventDefault();
        reject(request.error);
      };
    });

  // The database, or null if there is none.
  const open = () =>
    new Promise((resolve, reject) => {
      const request = indexedDB.open(DATABASE);
      const waiting = setTimeout(() => {
        say(
          "status",
          "Another tab is holding the data. Close the other tabs with Flightpath; this page goes on by itself.",
        );
      }, PATIENCE_MS);
      let missing = false;
      request.onupgradeneeded = () => {
        // There was none, and this page must not leave an empty one behind.
        missing = true;
        request.transaction.abort();
      };
      request.onsuccess = () => {
        clearTimeout(waiting);
        const database = request.result;
        database.onversionchange = () => database.close();
        resolve(database);
      };
      request.onerror = (event) => {
        clearTimeout(waiting);
        event.preventDefault();
        if (missing) resolve(null);
        else reject(request.error);
      };
    });

  // Every value of a store with its key; one that cannot be read has an error instead of a value.
  const readStore = async (database, name) => {
    const store = () => database.transaction(name, "readonly").objectStore(name);
    const keys = await answer(store().getAllKeys());
    try {
      const both = store();
      const asked = [answer(both.getAllKeys()), answer(both.getAll())];
      const [sameKeys, values] = await Promise.all(asked);
      return values.map((value, at) => ({ key: sameKeys[at], value }));
    } catch {
      const found = [];
      for (const key of keys) {
        try {
          const value = await answer(store().get(key));
          if (value !== undefined) found.push({ key, value });
        } catch (error) {
          found.push({ key, error });
        }
      }
      return found;
    }
  };

  const isRecord = (value) =>
    typeof value === "object" && value !== null && value.body instanceof Uint8Array;

  const hexadecimal = (bytes) => {
    const digits = [];
    for (const byte of bytes) digits.push(byte.toString(16).padStart(2, "0"));
    return digits.join("");
  };

  const fileRecord = (value) => {
    const { body, ...record } = value;
    try {
      const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
      return { ...record, body: decoder.decode(body) };
    } catch {
      return { ...record, body_hex: hexadecimal(body) };
    }
  };

  // The files of the second copy that hold something which the database may lack: {name, body}.
  const readCopy = async (stores) => {
    try {
      const root = await navigator.storage.getDirectory();
      const folder = await root.getDirectoryHandle(FOLDER);
      const names = [];
      for await (const name of folder.keys()) names.push(name);
      names.sort().reverse();
      const history = new Set((stores.get("history") ?? []).map(({ key }) => `history-${String(key).replaceAll("/", "~")}`));
      const snapshots = names.filter((name) => name.startsWith("snapshot-")).slice(0, SNAPSHOTS);
      const wanted = names.filter(
        (name) => name.startsWith("log-") || snapshots.includes(name) || (name.startsWith("history-") && !history.has(name)),
      );
      const found = [];
      for (const name of wanted) {
        try {
          const file = await (await folder.getFileHandle(name)).getFile();
          found.push({ name, body: new Uint8Array(await file.arrayBuffer()) });
        } catch {
          // One that cannot be read must not end the reading of the others.
        }
      }
      return found;
    } catch {
      // There is none, or the browser has no such files.
      return [];
    }
  };

  const lastSaved = () => {
    try {
      const number = Number(localStorage.getItem(LAST_KEY));
      return Number.isSafeInteger(number) && number > 0 ? number : 0;
    } catch {
      return 0;
    }
  };

  // Whatever a value is that is no record of ours, as far as JSON can say it.
  const attempt = (value) => {
    try {
      return JSON.parse(JSON.stringify(value)) ?? null;
    } catch {
      return null;
    }
  };

  const readAll = async () => {
    let database;
    try {
      database = await open();
    } catch (error) {
      // Then the second copy is all there is.
      const copy = await readCopy(new Map());
      if (copy.length === 0) throw error;
      return { version: 0, stores: new Map(), faults: [{ store: "database", key: error?.name ?? "" }], copy };
    }
    if (database === null) {
      const copy = await readCopy(new Map());
      return copy.length === 0 ? null : { version: 0, stores: new Map(), faults: [], copy };
    }
    try {
      const names = Array.from(database.objectStoreNames);
      const stores = new Map();
      const faults = [];
      for (const name of names) {
        try {
          stores.set(name, await readStore(database, name));
        } catch (error) {
          stores.set(name, []);
          faults.push({ store: name, key: "" });
        }
      }
      return { version: database.version, stores, faults, copy: await readCopy(stores) };
    } finally {
      database.close();
    }
  };

  // The parts of the file, record by record, so that a large school needs no one string of its size.
  const fileParts = (all) => {
    const unreadable = [...all.faults];
    const parts = [
      `{"flightpath-rescue":${RESCUE_FORMAT},"database":${JSON.stringify(DATABASE)},"schema":${all.version}`,
    ];
    const writeStore = (name) => {
      let comma = "";
      for (const { key, value, error } of all.stores.get(name) ?? []) {
        if (error === undefined && isRecord(value)) {
          parts.push(comma, JSON.stringify(fileRecord(value)));
          comma = ",";
        } else {
          const fault = { store: name, key: String(key) };
          if (error === undefined) fault.value = attempt(value);
          unreadable.push(fault);
        }
      }
    };
    for (const name of STORES) {
      parts.push(`,\n"${name}":[`);
      writeStore(name);
      parts.push("]");
    }
    const others = [...all.stores.keys()].filter((name) => !STORES.includes(name));
    if (others.length > 0) {
      parts.push(',\n"other":{');
      others.forEach((name, at) => {
        parts.push(`${at === 0 ? "" : ","}${JSON.stringify(name)}:[`);
        writeStore(name);
        parts.push("]");
      });
      parts.push("}");
    }
    parts.push(',\n"copy":[');
    all.copy.forEach((file, at) => parts.push(at === 0 ? "" : ",", JSON.stringify(fileRecord(file))));
    parts.push("]");
    parts.push(`,\n"last":${lastSaved()},\n"unreadable":${JSON.stringify(unreadable)}}\n`);
    return { parts, unreadable };
  };

  const size = (bytes) => {
    if (bytes < 1000) return `${bytes} bytes`;
    if (bytes < 1e6) return `${(bytes / 1e3).toFixed(1)} kB`;
    return `${(bytes / 1e6).toFixed(1)} MB`;
  };

  // When the program last wrote, by this computer's clock; null where nothing says so.
  const lastChange = (all) => {
    let latest = null;
    for (const { key, value } of all.stores.get("meta") ?? []) {
      if ((key !== "manifest" && key !== "log-head") || !isRecord(value)) continue;
      try {
        const written = JSON.parse(new TextDecoder().decode(value.body)).written_ms;
        if (Number.isFinite(written) && (latest === null || written > latest)) latest = written;
      } catch {
        // A damaged record has no date; it still goes into the file.
      }
    }
    return latest;
  };

  const show = (all) => {
    const rows = element("found-rows");
    rows.replaceChildren();
    let total = 0;
    const order = ["state", "log", "history", "meta"];
    const others = [...all.stores.keys()].filter((name) => !order.includes(name));
    for (const name of [...order, ...others, "copy"]) {
      const found = name === "copy" ? all.copy.map((value) => ({ value })) : (all.stores.get(name) ?? []);
      let bytes = 0;
      for (const { value } of found) if (isRecord(value)) bytes += value.body.byteLength;
      total += found.length;
      const row = document.createElement("tr");
      const head = document.createElement("th");
      head.scope = "row";
      head.textContent = LABELS[name] ?? `Kept by a newer Flightpath (${name})`;
      row.append(head);
      for (const text of [found.length.toLocaleString(), size(bytes)]) {
        const cell = document.createElement("td");
        cell.className = "number";
        cell.textContent = text;
        row.append(cell);
      }
      rows.append(row);
    }
    element("found").hidden = false;
    const latest = lastChange(all);
    say(
      "last-change",
      latest === null ? "" : `Last change, by the clock of this computer: ${new Date(latest).toLocaleString()}.`,
    );
    const faults = fileParts(all).unreadable.length;
    say(
      "faults",
      faults === 0
        ? ""
        : `This browser could not read ${faults === 1 ? "1 record" : `${faults} records`}. The file names what is missing and holds everything else.`,
    );
    return total > 0 || faults > 0;
  };

  const nothing =
    "Nothing is kept by Flightpath in this browser under this address. If you expected something: look in the browser and the user account in which you worked, and for a backup file.";

  const refused = (error) =>
    `This browser did not open the data (${error?.name ?? "unknown reason"}). Close the other tabs with Flightpath, restart the browser, and open this page again.`;

  const look = async () => {
    if (!("indexedDB" in window) || window.indexedDB === null) {
      say("status", "This browser keeps no data for this page. A private window may be the reason.");
      return;
    }
    try {
      const all = await readAll();
      if (all === null || !show(all)) {
        say("status", nothing);
        return;
      }
      say("status", "Flightpath has kept the following.");
      element("save").disabled = false;
    } catch (error) {
      say("status", refused(error));
    }
  };

  const save = async () => {
    element("save").disabled = true;
    say("saved", "Reading …");
    try {
      // Read again: another tab may have written since.
      const all = await readAll();
      if (all === null) {
        say("saved", nothing);
        return;
      }
      show(all);
      const { parts } = fileParts(all);
      const blob = new Blob(parts, { type: "application/json" });
      const link = document.createElement("a");
      const now = new Date();
      const two = (number) => String(number).padStart(2, "0");
      const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
      link.download = `flightpath-rescue-${day}.json`;
      link.href = URL.createObjectURL(blob);
      link.click();
      // The browser still reads from it for a while.
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
      say("saved", `${link.download} (${size(blob.size)}) was handed to the browser. Look for it among your downloads.`);
    } catch (error) {
      say("saved", refused(error));
    } finally {
      element("save").disabled = false;
    }
  };

  element("save").addEventListener("click", save);
  look();
})();
