// Download sizes of the built program, compressed as a host would (brotli, quality 11), against the
// limits. The first download is what a start takes before its first screen; the program's other parts
// are fetched when they are first shown. Their sum has a ceiling, so that nothing grows unseen.
import { readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

const DIST = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist');
/** 1 KB is 1,000 bytes: the stricter reading. */
const KB = 1000;
const PARTS = [
  { name: 'import worker', limit: 250 * KB, holds: (file) => /^flightpath-worker/.test(file) },
  // Fetched when somebody first asks for a workbook.
  { name: 'workbook worker', limit: 450 * KB, holds: (file) => /^flightpath-workbook/.test(file) },
  // Fetched in an emergency only, never with the program.
  { name: 'rescue page', limit: 20 * KB, holds: (file) => /^rescue\./.test(file) },
  { name: 'app, parts on demand', limit: 1350 * KB, holds: (file) => /^program-[^/]*\/((split|chunk)_|screens\.css$)/.test(file) },
  // Never fetched by the program.
  { name: 'published schema', limit: 10 * KB, holds: (file) => /\.schema\.json$/.test(file) },
  // When they are first needed, from the same host.
  { name: 'national figures', limit: 40 * KB, holds: (file) => /^program-[^/]*\/[^/]*\.json$/.test(file) },
  { name: 'app, first download', limit: 300 * KB, holds: () => true },
];

const compressed = (bytes) =>
  brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  }).length;

const sums = new Map(PARTS.map((part) => [part, 0]));
const rows = [];
for (const entry of await readdir(DIST, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const path = join(entry.parentPath ?? entry.path, entry.name);
  const file = path.slice(DIST.length + 1);
  if (file.startsWith('.')) continue;
  const bytes = await readFile(path);
  const part = PARTS.find(({ holds }) => holds(file));
  const small = compressed(bytes);
  sums.set(part, sums.get(part) + small);
  rows.push([part.name, file, bytes.length, small]);
}
const kb = (bytes) => `${(bytes / KB).toFixed(1)} KB`.padStart(10);
rows.sort((a, b) => a[0].localeCompare(b[0]) || b[3] - a[3]);
for (const [part, file, raw, small] of rows) {
  console.log(`${part.padEnd(20)} ${file.padEnd(44)} ${kb(raw)} ${kb(small)}`);
}
let broken = false;
for (const [part, sum] of sums) {
  const over = sum > part.limit;
  broken ||= over;
  console.log(`${part.name.padEnd(20)} ${kb(sum)} of ${kb(part.limit)}${over ? '  LIMIT NOT HELD' : ''}`);
}
if (rows.length === 0) {
  console.error('dist/ is empty: run `cargo xtask build` first');
  broken = true;
}
if (broken && process.argv.includes('--check')) process.exitCode = 1;
