// What benches/grid.mjs does in a page with one grid; each of the others here gives what is its own.

const frame = () => new Promise((done) => requestAnimationFrame(done));

/** After what this frame painted is on the screen, as far as a page can tell. */
function painted() {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done(performance.now());
    port2.postMessage(null);
  });
}

const elements = () => document.getElementsByTagName('*').length;

/** What the editor holds that has the focus; nothing where there is none. */
function typed() {
  const { activeElement } = document;
  return activeElement?.value ?? (activeElement?.isContentEditable ? activeElement.textContent : null);
}

/** Bytes that a page holds: JavaScript, elements and canvases as Chromium counts them, and Wasm, which it leaves out. */
async function bytesOf(grid) {
  return (await performance.measureUserAgentSpecificMemory()).bytes + (grid.wasmBytes?.() ?? 0);
}

/** The grid is to be shown in #grid, by these functions. */
export function bench(grid) {
  let elementsBefore;
  let bytesBefore;
  let seen;

  window.bench = {
    async prepare(rows, columns) {
      await grid.prepare(rows, columns);
      bytesBefore = await bytesOf(grid);
      elementsBefore = elements();
      await frame();
      await frame();
    },

    /** Milliseconds from the call to the second frame in which the cells are there; the first of them painted. */
    async mount() {
      const since = performance.now();
      grid.show(document.getElementById('grid'));
      const returned = performance.now();
      for (let before = false; ; before = grid.isThere()) {
        const now = await frame();
        if (before) return { mount_ms: performance.now() - since, call_ms: returned - since };
        if (now - since > 120_000) throw new Error('the cells never came');
      }
    },

    async held() {
      return { elements: elements() - elementsBefore, bytes: (await bytesOf(grid)) - bytesBefore };
    },
    elements: () => elements() - elementsBefore,

    /** Waits for the next key: when its character is on the screen, and in how many frames. */
    listen() {
      seen = new Promise((done) => {
        const heard = async (event) => {
          for (let frames = 1; frames < 300; frames += 1) {
            await frame();
            const isThere = typed() === event.key;
            const now = await painted();
            if (isThere) return done({ key_ms: now - event.timeStamp, frames });
          }
          return done(null);
        };
        window.addEventListener('keydown', heard, { capture: true, once: true });
      });
    },
    seen: () => seen,

    /** Scrolls by so many pixels in each of so many frames: the times between the frames. */
    async scroll(way, frames, pixels) {
      const scroller = grid.scroller();
      const property = way === 'down' ? 'scrollTop' : 'scrollLeft';
      const from = scroller[property];
      const times_ms = [];
      let before = await frame();
      for (let count = 1; count <= frames; count += 1) {
        scroller[property] = from + count * pixels;
        const now = await frame();
        times_ms.push(now - before);
        before = now;
      }
      return { times_ms, moved: scroller[property] - from };
    },
  };
}
