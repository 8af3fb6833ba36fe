// Browsers as a person has them: real Chromium and Firefox, each with a profile of its own.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { chromium } from 'playwright-core';
import puppeteer from 'puppeteer-core';

const CHROMIUM = process.env.CHROMIUM || '/usr/bin/chromium';
const FIREFOX = process.env.FIREFOX || '/usr/bin/firefox-esr';

/** No sandbox, because continuous integration runs as root in a container; nothing of its own on the network. */
const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The screen of a school laptop. */
export const SCREEN = { width: 1366, height: 768 };

/** A new folder for a browser profile, with `remove()`. */
export async function newProfile() {
  const path = await mkdtemp(join(tmpdir(), 'flightpath-profile-'));
  return {
    path,
    // A browser that was just told to stop may still write for a moment.
    remove: () => rm(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }),
  };
}

/** Chromium on a busy machine now and then crashes before it has opened anything: that is no answer, and it is asked again. */
const STARTS = 3;

async function opened(open) {
  for (let start = 1; ; start += 1) {
    try {
      return await open();
    } catch (error) {
      if (start === STARTS) throw error;
      console.error(`Chromium did not start (${start} of ${STARTS}): ${String(error).split('\n', 1)[0]}`);
    }
  }
}

/** Chromium on a profile; gives Playwright's browser context. Options go to Playwright. */
export function openChromium(profile, options = {}) {
  const { args = [], ...others } = options;
  const settings = {
    executablePath: CHROMIUM,
    headless: true,
    viewport: SCREEN,
    locale: 'en-GB',
    timezoneId: 'Europe/Madrid',
    acceptDownloads: true,
    args: [...CHROMIUM_FLAGS, ...args],
    ...others,
  };
  return opened(() => chromium.launchPersistentContext(profile.path, settings));
}

/**
 * A program in a process group of its own: `kill()` sends SIGKILL to all its processes at once and waits until they are
 * gone, `gone` waits for its end. Nothing of a test may outlive it.
 */
export function startKillable(program, args) {
  const child = spawn(program, args, { detached: true, stdio: 'ignore' });
  const killGroup = () => {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
  };
  process.once('exit', killGroup);
  const gone = new Promise((done) => child.once('exit', done)).then(() => process.off('exit', killGroup));
  const kill = async () => {
    killGroup();
    await gone;
  };
  return { gone, kill };
}

/**
 * Chromium that can be killed as a crash of the system would end it; `close()` ends it as a person does. The profile
 * stays for the next start.
 */
export function openKillableChromium(profile, flags = []) {
  return opened(() => startChromium(profile, flags));
}

async function startChromium(profile, flags) {
  const portFile = join(profile.path, 'DevToolsActivePort');
  await rm(portFile, { force: true });
  const { gone, kill } = startKillable(CHROMIUM, [
    '--headless',
    ...CHROMIUM_FLAGS,
    ...flags,
    '--remote-debugging-port=0',
    `--user-data-dir=${profile.path}`,
    'about:blank',
  ]);
  try {
    const ended = gone.then(() => Promise.reject(new Error('Chromium ended before it opened its debugging port')));
    ended.catch(() => {});
    const port = await Promise.race([appears(portFile), ended]);
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    const [context] = browser.contexts();
    const close = async () => {
      const session = await browser.newBrowserCDPSession();
      await session.send('Browser.close').catch(() => {});
      await gone;
    };
    return { context, page: context.pages()[0] ?? (await context.newPage()), kill, close };
  } catch (error) {
    await kill();
    throw error;
  }
}

async function appears(portFile) {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    const [port] = (await readFile(portFile, 'utf8').catch(() => '')).split('\n');
    if (port) return port;
    await sleep(100);
  }
  throw new Error('Chromium did not open its debugging port in 15 s');
}

/** Firefox over WebDriver BiDi; gives Puppeteer's browser. */
export function openFirefox(profile) {
  return puppeteer.launch({
    browser: 'firefox',
    executablePath: FIREFOX,
    headless: true,
    userDataDir: profile.path,
    defaultViewport: SCREEN,
    // Its first start on a fresh profile took 40 s on a busy machine.
    timeout: 90_000,
  });
}
