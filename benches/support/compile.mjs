// Compiles the crates of the benchmarks as the program is compiled: the release profile, and for
// Wasm the very steps and switches that Trunk takes from public/index.html.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

import { ROOT } from './measure.mjs';

const run = promisify(execFile);
const WASM = 'wasm32-unknown-unknown';
// `cargo xtask` puts its tools first on the path already; this is for a run by hand.
const NPM_TOOLS = join(ROOT, 'node_modules', '.bin');
const OPTIONS = {
  cwd: ROOT,
  maxBuffer: 1 << 28,
  env: { ...process.env, PATH: `${process.env.PATH}${delimiter}${NPM_TOOLS}` },
};

/** Builds with cargo; gives the file that it made whose name ends so. */
async function cargo(arguments_, package_, isWanted) {
  const { stdout } = await run('cargo', ['build', '--release', '-p', package_, '--message-format=json', ...arguments_], OPTIONS);
  const files = stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
    .filter(({ reason, package_id }) => reason === 'compiler-artifact' && package_id.includes(package_))
    .flatMap(({ filenames, executable }) => [...filenames, executable ?? ''])
    .filter(isWanted);
  if (files.length === 0) throw new Error(`cargo made nothing of use of ${package_}`);
  return files[0];
}

/** The native program of a package. */
export function nativeProgram(package_) {
  return cargo(['--bin', package_], package_, (file) => file.endsWith(package_) || file.endsWith(`${package_}.exe`));
}

/**
 * A package as Wasm with its JavaScript, in a new folder: { folder, script, wasm, remove }.
 * `target` is wasm-bindgen's ("web", "nodejs"); `kind` what cargo builds ("--lib", "--bins").
 */
export async function wasmProgram(package_, { target, kind }) {
  const made = await cargo([kind, '--target', WASM], package_, (file) => file.endsWith('.wasm'));
  const folder = await mkdtemp(join(tmpdir(), 'flightpath-bench-'));
  try {
    await run('wasm-bindgen', ['--target', target, '--no-typescript', '--out-name', 'bench', '--out-dir', folder, made], OPTIONS);
    const script = 'bench.js';
    const wasm = 'bench_bg.wasm';
    const page = await readFile(join(ROOT, 'public', 'index.html'), 'utf8');
    const [, level] = page.match(/data-wasm-opt="([^"]*)"/);
    const [, switches] = page.match(/data-wasm-opt-params="([^"]*)"/);
    const file = join(folder, wasm);
    await run('wasm-opt', [`-O${level}`, ...switches.split(' ').filter(Boolean), file, '-o', file], OPTIONS);
    return { folder, script, wasm, remove: () => rm(folder, { recursive: true, force: true }) };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}
