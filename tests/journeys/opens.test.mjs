// The page opens: before the program is there, when it cannot come, and below any address.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { DIST, firefoxJourney, journey, ran, started } from '../support/journey.mjs';

const isProgram = (path) => path.endsWith('.wasm') && !path.includes('worker');

/** Holds the program back until `release()` is called. */
function withheld() {
  let release;
  const released = new Promise((done) => {
    release = done;
  });
  const intercept = async (request, response, path) => {
    if (isProgram(path)) await released;
    return false;
  };
  return { intercept, release };
}

const slow = withheld();
journey('I see the name and that it loads before the program is there', { serving: slow }, async (tools) => {
  const { page, server } = tools;
  await page.goto(server.url, { waitUntil: 'domcontentloaded' });
  await page.getByText('Flightpath', { exact: true }).waitFor();
  await page.getByRole('status').getByText('Loading').waitFor();
  const painted = await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length);
  assert.equal(await painted.jsonValue(), 1);
  await tools.assertNoBarriers();
  slow.release();
  await ran(page);
});

journey('It opens from a folder below another address', { serving: { base: '/school/maths/' } }, async (tools) => {
  const { page, server } = tools;
  await tools.open();
  assert.ok(server.requests.every((path) => path.startsWith('/school/maths/')), String(server.requests));
  // The program has taken the place of what was there before it.
  assert.equal(await page.locator('#shell').isVisible(), false);
  assert.notEqual(await page.locator('#app').innerText(), '');
});

const POLICY_REPORTS = (kind, text) =>
  // The attempt is reported even though it is stopped: the listening canary tells that it was.
  kind === 'policy broken' || kind === 'foreign request' || /Content Security Policy|violates the following/.test(text);
const evaluating = {
  intercept: async (request, response, path) => {
    if (!path.endsWith('/evaluates.js')) return false;
    const source = 'try { window.evaluated = (0, eval)("1 + 1") === 2; } catch { window.evaluated = false; }';
    response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(source);
    return true;
  },
};
journey('Nothing that gets into the page can run or call out', { allow: POLICY_REPORTS, serving: evaluating }, async (tools) => {
  const { page, server, canary } = tools;
  await page.goto(server.url);
  await ran(page);
  const got = await page.evaluate(async (foreign) => {
    const outcome = {};
    const script = document.createElement('script');
    script.textContent = 'window.inlineRan = true';
    document.body.append(script);
    const image = document.createElement('img');
    image.setAttribute('onerror', 'window.handlerRan = true');
    image.src = 'data:image/png;base64,broken';
    document.body.append(image);
    const outside = document.createElement('script');
    outside.src = `${foreign}script.js`;
    document.body.append(outside);
    const picture = document.createElement('img');
    picture.src = `${foreign}picture.png`;
    document.body.append(picture);
    const form = document.createElement('form');
    form.action = `${foreign}form`;
    document.body.append(form);
    form.submit();
    outcome.fetched = await fetch(foreign).then(() => true, () => false);
    // By a script of the page's own: what a test itself evaluates stands outside the policy.
    const own = document.createElement('script');
    own.src = './evaluates.js';
    document.body.append(own);
    await new Promise((done) => {
      own.onload = done;
    });
    outcome.evaluated = window.evaluated;
    // A worker from a blob, as the program starts its own, must stand under the same policy.
    const source = `fetch(${JSON.stringify(foreign)}).then(() => postMessage(true), () => postMessage(false))`;
    const worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
    outcome.workerFetched = await new Promise((done) => {
      worker.onmessage = (event) => done(event.data);
    });
    await new Promise((done) => setTimeout(done, 300));
    outcome.inline = window.inlineRan === true;
    outcome.handler = window.handlerRan === true;
    return outcome;
  }, canary.url);
  assert.deepEqual(got, {
    fetched: false,
    evaluated: false,
    workerFetched: false,
    inline: false,
    handler: false,
  });
});

journey('The worker starts from a blob, from a folder below another address', { serving: { base: '/school/' } }, async (tools) => {
  const { page, server } = tools;
  await page.goto(server.url);
  await ran(page);
  const answer = await page.evaluate(async () => {
    const address = (name) => JSON.stringify(new URL(name, document.baseURI).href);
    const source = `importScripts(${address('flightpath-worker.js')});
      wasm_bindgen({ module_or_path: ${address('flightpath-worker_bg.wasm')} })
        .then(() => postMessage('the test sees it run'), (error) => postMessage('the test sees ' + error));`;
    const worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
    return new Promise((done) => {
      worker.onerror = (event) => done(event.message);
      worker.addEventListener('message', ({ data }) => {
        // The worker's own messages are its own matter.
        if (String(data).startsWith('the test sees')) done(data);
      });
    });
  });
  assert.equal(answer, 'the test sees it run');
});

const MISSING = (kind, text) => kind === 'console error' && /404|Failed to load resource/.test(text);
const broken = {
  intercept: async (request, response, path) => {
    if (!isProgram(path)) return false;
    response.writeHead(404).end();
    return true;
  },
};
journey('When the program cannot be loaded I am told, and shown where my data is', { allow: MISSING, serving: broken }, async (tools) => {
  const { page, server } = tools;
  await page.goto(server.url);
  await page.getByRole('alert').getByText('could not be loaded').waitFor();
  const link = page.getByRole('link', { name: 'save your data as a file' });
  assert.equal(await link.evaluate((element) => element.href), `${server.url}rescue.html`);
  await page.getByText('Everything that was shown as saved is still on this computer').waitFor();
  await tools.assertNoBarriers();
});

/** The smallest Wasm module whose start function is `unreachable`, as a panic at the start is. */
const PANICS = Buffer.from('0061736d0100000001040160000003020100080100' + '0a05010300000b', 'hex');
const panics = {
  intercept: async (request, response, path) => {
    if (!isProgram(path)) return false;
    response.writeHead(200, { 'Content-Type': 'application/wasm' }).end(PANICS);
    return true;
  },
};
journey('When the program breaks at its start I am told, and shown where my data is', { serving: panics }, async (tools) => {
  const { page, server } = tools;
  await page.goto(server.url);
  await page.getByRole('alert').getByText('could not start').waitFor();
  await page.getByRole('link', { name: 'save your data as a file' }).waitFor();
});

const PANIC = (kind, text) => kind === 'uncaught error' && text === 'RuntimeError: unreachable';
journey('When the program stops later I am told, and cannot type into a dead page', { allow: PANIC }, async (tools) => {
  const { page, server } = tools;
  await page.goto(server.url);
  await ran(page);
  await page.evaluate(() => {
    Promise.reject(new WebAssembly.RuntimeError('unreachable'));
  }).catch(() => {});
  await page.getByRole('alert').getByText('has stopped').waitFor();
  assert.equal(await page.locator('#app').evaluate((element) => element.inert), true);
});

journey('A reader without scripts learns why nothing happens', { browser: { javaScriptEnabled: false } }, async (tools) => {
  const { page, server } = tools;
  await page.goto(server.url);
  // Playwright looks for no text in a noscript element, though the reader sees it.
  const sentence = page.locator('noscript p');
  await sentence.waitFor({ state: 'visible' });
  assert.match(await sentence.textContent(), /needs JavaScript/);
});

journey('The policy is the first thing in the page', async () => {
  const text = await readFile(join(DIST, 'index.html'), 'utf8');
  const head = text.slice(text.indexOf('<head>') + '<head>'.length).trimStart();
  assert.match(head, /^<meta http-equiv="Content-Security-Policy" content="default-src 'none'; /);
  assert.match(head, /<meta name="referrer" content="no-referrer">/);
  // Browsers look for the encoding in the first 1,024 bytes alone.
  assert.ok(text.indexOf('charset') < 1024);
});

firefoxJourney('It opens in Firefox', async ({ page, server }) => {
  await page.goto(server.url);
  await started(page);
});

journey('Once it has started it needs its host no more', async (tools) => {
  const { page, server } = tools;
  await tools.open();
  await page.getByRole('button', { name: 'Try the sample school' }).click();
  await page.getByText('This school was made up').waitFor();
  await page.waitForFunction(() => {
    const parts = performance.getEntriesByType('resource').filter(({ responseEnd }) => responseEnd > 0);
    return ['teaching', 'files', 'school'].every((part) => parts.some(({ name }) => name.includes(`split_${part}`)));
  });
  await server.close();
  for (const [name, title] of [['Pupils', 'Pupils'], ['Interventions', 'Who needs someone'], ['Policy', 'Policy'], ['History', 'History']]) {
    await page.getByRole('link', { name, exact: true }).click();
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
  }
  const file = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Home', exact: true }).click();
  await page.getByRole('button', { name: 'Export the school' }).click();
  assert.match((await file).suggestedFilename(), /^flightpath-.*\.json$/);
});

const withholds = { intercept: async (request, response, path) => {
  if (!path.includes('split_teaching')) return false;
  response.writeHead(404).end();
  return true;
} };
journey('A screen that cannot be fetched says so, and the rest goes on', { serving: withholds, allow: (kind, text) => kind === 'console error' && /404|Failed to (load|execute)|HTTP status/.test(text) }, async (tools) => {
  const { page } = tools;
  await tools.open();
  await page.getByRole('button', { name: 'Try the sample school' }).click();
  await page.getByText('This school was made up').waitFor();
  await page.getByRole('link', { name: 'Targets', exact: true }).click();
  await page.getByRole('alert').getByText('The connection is gone').waitFor();
  await tools.assertNoBarriers();
  await page.getByRole('link', { name: 'Policy', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Policy' }).waitFor();
});
