// What the benchmarks share: medians, the table, and the last line for machines.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
/** The built program; another build can be measured by naming its folder. */
export const DIST = process.env.FLIGHTPATH_DIST || join(ROOT, 'dist');

/** The middle value; of an even count the mean of the two in the middle. */
export function median(numbers) {
  if (numbers.length === 0) throw new Error('nothing was measured');
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Median, lowest and highest of some times in milliseconds. */
export function summary(times_ms) {
  return { median_ms: median(times_ms), lowest_ms: Math.min(...times_ms), highest_ms: Math.max(...times_ms), runs: times_ms.length };
}

export const ms = (number) => `${number.toPrecision(3)} ms`;

/** A line of the table: a name and what was measured. */
export function row(name, { median_ms, lowest_ms, highest_ms, runs }) {
  console.log(`${name.padEnd(52)} ${ms(median_ms).padStart(11)}   (${ms(lowest_ms)} to ${ms(highest_ms)}, ${runs} runs)`);
}

/** A limit: what it says, what was found, whether it holds. */
export function limit(name, found, holds) {
  console.log(`${holds ? 'holds ' : 'BROKEN'}  ${name}: ${found}`);
  return { name, found, holds };
}

/**
 * The last line, for machines. With --check a broken limit fails the run; without it the numbers
 * alone are the result, because a busy machine proves nothing.
 */
export function finish(benchmark, measured, limits) {
  console.log(JSON.stringify({ benchmark, measured, limits }));
  if (process.argv.includes('--check') && limits.some(({ holds }) => !holds)) process.exitCode = 1;
}
