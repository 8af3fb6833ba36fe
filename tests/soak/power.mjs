// The power is cut: a virtual machine in which the browser runs is killed while work streams in, and started again on
// the same disk. Unlike the killing of a browser this takes along what the system had not yet written.
//
// It takes a machine that this project does not bring: FLIGHTPATH_VM names a program that boots the disk image given as
// its argument and ends with it. Inside, the built program is served at http://127.0.0.1:8081/ and Chromium keeps its
// profile on that disk; its debugging port is reached from here at 127.0.0.1:9333. The image has to pass the guest's
// flushes on to the disk (cache=none in QEMU). FLIGHTPATH_VM_DISK is the image; rounds run on a copy.
import { copyFile, constants, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

import { chromium } from 'playwright-core';

import { startKillable } from '../support/browsers.mjs';
import { everything, importList, listen, lookOver, openApp, rename, typing } from './harness.mjs';

const SERVER = { url: 'http://127.0.0.1:8081/', origin: 'http://127.0.0.1:8081' };
const PORT = 'http://127.0.0.1:9333';
const BOOTING_MS = 300_000;
const PATIENCE_MS = 120_000;
const FIRST_MINUTE_MS = 60_000;

async function boot(disk) {
  const { kill: cut } = startKillable(process.env.FLIGHTPATH_VM, [disk]);
  const until = performance.now() + BOOTING_MS;
  for (;;) {
    try {
      const browser = await chromium.connectOverCDP(PORT, { timeout: 20_000 });
      const [context] = browser.contexts();
      const page = context.pages()[0] ?? (await context.newPage());
      page.setDefaultTimeout(PATIENCE_MS);
      return { page, cut };
    } catch (error) {
      if (performance.now() > until) {
        await cut();
        throw error;
      }
      await sleep(1000);
    }
  }
}

/** `rounds` power cuts on one disk. Gives rounds, acknowledged, lost, told (rounds after which something was said). */
export async function powerCuts(rounds, roll) {
  const disk = `${process.env.FLIGHTPATH_VM_DISK}.trial`;
  await copyFile(process.env.FLIGHTPATH_VM_DISK, disk, constants.COPYFILE_FICLONE);
  const told = { typed: 0, acknowledged: 0, acknowledgements: 0, each: [] };
  const result = { rounds, acknowledged: 0, lost: 0, told: 0, wrong: [] };
  let machine = await boot(disk);
  try {
    await openApp(machine.page, SERVER);
    await importList(machine.page, SERVER, 0, 'paste');
    await rename(machine.page, SERVER, 0);
    // The first minute of a school is not what is tried: a browser writes the names of its files in its own time.
    await sleep(FIRST_MINUTE_MS);
    for (let round = 0; round < rounds; round += 1) {
      const { page } = machine;
      await listen(page, told);
      await openApp(page, SERVER, '#/settings');
      await page.getByRole('button', { name: 'Make a snapshot now' }).waitFor();
      const before = told.acknowledged;
      const work = page.evaluate(typing, { name: 'School ', from: told.typed + 1, fold: round % 3 === 2 }).catch(() => {});
      const until = performance.now() + PATIENCE_MS;
      while (told.acknowledged === before && performance.now() < until) await sleep(2);
      await sleep(roll(8000));
      await machine.cut();
      await work;
      machine = await boot(disk);
      const found = await lookOver(machine.page, SERVER, PATIENCE_MS);
      const steps = await machine.page.evaluate(everything);
      const missing = told.each.filter((now) => !steps.includes(`"School ${now}"`));
      if (found.kind !== 'whole' || found.name < told.acknowledged || found.name > told.typed || missing.length > 0) {
        result.lost += 1;
        result.wrong.push(`power ${round}: acknowledged ${told.acknowledged}, missing ${missing}, found ${JSON.stringify(found)}`);
        told.acknowledged = Number.isFinite(found.name) ? found.name : 0;
      }
      if (found.told.length > 0) result.told += 1;
    }
  } finally {
    result.acknowledged = told.acknowledgements;
    await machine.cut();
    await rm(disk, { force: true });
  }
  return result;
}
