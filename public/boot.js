// Brings the program into the page: the page's policy allows no script inside the page itself.
// While it loads it says how far it is; when it cannot start, or stops later, it says so in plain
// words and points to the rescue page, which needs none of this.
//
// For the program and the tests, <html data-state="…"> is one of: loading, started, failed; the
// marks flightpath-ran (its main function came back) and flightpath-started (something of it is on
// screen) say when.
"use strict";
(() => {
  const names = document.currentScript.dataset;
  const page = document.documentElement;
  // A slow network is nothing to report before somebody wonders.
  const PATIENCE_MS = 1500;
  const LONG_MS = 20000;

  page.dataset.state = "loading";

  // A page that was left is frozen for a while by some browsers. One that was frozen while it opened the database would
  // keep every other from it; a message throws it away.
  if (typeof BroadcastChannel === "function") {
    const here = new BroadcastChannel("flightpath-here");
    here.onmessage = () => {};
    here.postMessage("");
  }

  // How long the program, which runs by then, is kept out of sight for what is read ahead of it:
  // with that in hand the first thing to be laid out is the list.
  const READING_MS = 100;
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));
  let reading;

  // Leaves for the program what the list of this year's pupils needs, read in one transaction. The
  // program checks it like what it reads itself (crates/store/src/indexed_db/early.rs), so whatever
  // goes wrong here is its own to tell.
  const readAhead = async (parts) => {
    const answer = (request) =>
      new Promise((done, failed) => {
        request.onsuccess = () => done(request.result);
        request.onerror = request.onblocked = () => failed(request.error);
      });
    const opening = indexedDB.open("flightpath");
    // There is no database: nothing may come of asking.
    opening.onupgradeneeded = () => opening.transaction.abort();
    const database = await answer(opening);
    try {
      const transaction = database.transaction(["meta", "state", "log", "history"], "readonly");
      const store = (name) => transaction.objectStore(name);
      const [meta, log, history, ...looked] = await Promise.all([
        answer(store("meta").getAll()),
        answer(store("log").getAll()),
        answer(store("history").count()),
        ...parts.map((part) => answer(store("state").get(part))),
      ]);
      const state = looked.filter((record) => record !== undefined);
      // Not where the page came over plain HTTP from another computer; the program hashes then.
      const hash = async ({ body }) => new Uint8Array(await crypto.subtle.digest("SHA-256", body));
      const hashes = crypto.subtle ? await Promise.all(state.map(hash)) : [];
      return { schema: database.version, meta, state, log, history, hashes };
    } finally {
      database.close();
    }
  };
  try {
    // What the mark of a stored school says: the keys of the parts (crates/store/src/marker.rs).
    const parts = localStorage.getItem("flightpath.school-exists")?.split(",") ?? [];
    if (parts.length > 1) {
      const read = readAhead(parts);
      reading = read.catch(() => {});
      window.flightpathRead = { name: "flightpath", parts, read };
    }
  } catch {
    // The browser keeps nothing for this page; the program says so.
  }

  // The page is parsed while the files come.
  const parsed = new Promise((done) => {
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", done, { once: true });
    else done();
  });
  let shell, app, message, rescue;
  const find = () => {
    shell = document.getElementById("shell");
    app = document.getElementById("app");
    message = document.getElementById("shell-message");
    rescue = document.getElementById("shell-rescue");
    // The link names this very page, with whatever route is in its address; a reload is meant.
    document.getElementById("shell-again").addEventListener("click", (event) => {
      event.preventDefault();
      location.reload();
    });
  };

  const fail = (sentence) => {
    if (page.dataset.state === "failed") return;
    page.dataset.state = "failed";
    message.setAttribute("role", "alert");
    message.textContent = sentence;
    rescue.hidden = false;
    shell.querySelector(".shell-lines")?.remove();
    // The program may be on screen already; a stopped one must not look as if it still took input.
    app.inert = true;
    document.body.prepend(shell);
    shell.hidden = false;
    shell.scrollIntoView();
  };

  const started = () => {
    if (page.dataset.state !== "loading") return;
    page.dataset.state = "started";
    shell.hidden = true;
    performance.mark("flightpath-started");
  };

  const show = () => {
    app.hidden = false;
    if (app.childElementCount > 0) started();
  };

  // A panic aborts the program: what it throws is a RuntimeError, and nothing of it will run again.
  const stopped = (error) => {
    if (error instanceof WebAssembly.RuntimeError) {
      fail("Flightpath has met a fault of its own and has stopped.");
    }
  };
  if (typeof WebAssembly === "object") {
    addEventListener("error", (event) => stopped(event.error));
    addEventListener("unhandledrejection", (event) => stopped(event.reason));
  }

  // The response itself, untouched: only then is it compiled while it arrives, and kept compiled by
  // the browser for the next start.
  const download = async (address) => {
    const response = await fetch(address, { credentials: "same-origin" });
    if (!response.ok) throw new Error("status " + response.status);
    return response;
  };

  const start = async () => {
    const alone = location.protocol === "file:";
    const tooOld = typeof WebAssembly !== "object" || typeof BroadcastChannel !== "function";
    const files =
      !alone &&
      !tooOld &&
      Promise.all([
        import(new URL(names.program, document.baseURI).href),
        download(new URL(names.wasm, document.baseURI).href),
      ]);
    if (files) files.catch(() => {});
    await parsed;
    find();
    if (alone) {
      fail("Flightpath was opened as a file. It must be opened from a web address: your school's, or the one that ‘cargo xtask serve’ prints.");
      return;
    }
    if (tooOld) {
      fail("This browser is too old for Flightpath. A current Firefox, Chrome, Edge or Safari will run it.");
      return;
    }
    setTimeout(() => {
      if (page.dataset.state === "loading") message.textContent = "Still loading: the connection is slow.";
    }, PATIENCE_MS);
    let init, response;
    try {
      [{ default: init }, response] = await files;
    } catch {
      fail("Flightpath could not be loaded: the connection failed, or the files on the server have just been replaced.");
      return;
    }
    setTimeout(() => {
      if (page.dataset.state === "loading") {
        message.textContent = "Flightpath is taking unusually long to start.";
        rescue.hidden = false;
      }
    }, LONG_MS);
    // The first thing that the program shows is the sign that it runs.
    const watcher = new MutationObserver(() => {
      if (app.childElementCount > 0) {
        watcher.disconnect();
        if (!app.hidden) started();
      }
    });
    watcher.observe(app, { childList: true });
    if (reading) {
      app.hidden = true;
      // A task of its own: what waits for the reading in the program comes before it.
      Promise.race([reading, wait(READING_MS)]).then(() => setTimeout(show));
    }
    try {
      await init({ module_or_path: response });
      performance.mark("flightpath-ran");
    } catch {
      watcher.disconnect();
      fail("Flightpath could not start in this browser.");
    }
  };

  start();
})();
