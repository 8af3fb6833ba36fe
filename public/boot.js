// Brings the program into the page: the page's policy allows no script inside the page itself.
// While it loads it says how far it is; when it cannot start, or stops later, it says so in plain
// words and points to the rescue page, which needs none of this.
//
// For the program and the tests, <html data-state="…"> is one of: loading, started, failed; the
// marks flightpath-ran (its main function came back) and flightpath-started (something of it is on
// screen) say when.
"use strict";
(() => {
  const names = document.getElementById("boot").dataset;
  const page = document.documentElement;
  const shell = document.getElementById("shell");
  const app = document.getElementById("app");
  const message = document.getElementById("shell-message");
  const rescue = document.getElementById("shell-rescue");
  // A slow network is nothing to report before somebody wonders.
  const PATIENCE_MS = 1500;
  const LONG_MS = 20000;

  page.dataset.state = "loading";

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

  // The link names this very page, with whatever route is in its address; a reload is meant.
  document.getElementById("shell-again").addEventListener("click", (event) => {
    event.preventDefault();
    location.reload();
  });

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
    if (location.protocol === "file:") {
      fail("Flightpath was opened as a file. It must be opened from a web address: your school's, or the one that ‘cargo xtask serve’ prints.");
      return;
    }
    if (typeof WebAssembly !== "object" || typeof BroadcastChannel !== "function") {
      fail("This browser is too old for Flightpath. A current Firefox, Chrome, Edge or Safari will run it.");
      return;
    }
    let init, response;
    setTimeout(() => {
      if (page.dataset.state === "loading") message.textContent = "Still loading: the connection is slow.";
    }, PATIENCE_MS);
    try {
      [{ default: init }, response] = await Promise.all([
        import(new URL(names.program, document.baseURI).href),
        download(new URL(names.wasm, document.baseURI).href),
      ]);
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
        started();
      }
    });
    watcher.observe(app, { childList: true });
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
