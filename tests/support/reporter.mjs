// One line a test while it runs, what went wrong below it, and "N passed, N failed" at the end.
// A group counts by its tests; a file that breaks before any test counts as one failure.
import { inspect } from 'node:util';

export default async function* reporter(events) {
  let passed = 0;
  let failed = 0;
  const groups = new Set();
  for await (const { type, data } of events) {
    if (type === 'test:start' && data.nesting > 0) groups.add(`${data.file}:${data.nesting - 1}`);
    if (type === 'test:stdout' || type === 'test:stderr') yield data.message;
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.skip !== undefined) {
      yield `skipped  ${data.name}\n`;
      continue;
    }
    const isGroup = data.details.type === 'suite' || groups.delete(`${data.file}:${data.nesting}`);
    const seconds = (data.details.duration_ms / 1000).toFixed(1);
    if (type === 'test:pass') {
      if (isGroup) continue;
      passed += 1;
      yield `     ok  ${data.name} (${seconds} s)\n`;
    } else {
      const error = data.details.error;
      if (isGroup && error?.failureType === 'subtestsFailed') continue;
      failed += 1;
      const cause = error?.cause ?? error;
      yield ` FAILED  ${data.name} (${seconds} s)\n${cause?.stack ?? inspect(cause)}\n`;
    }
  }
  yield `${passed} passed, ${failed} failed\n`;
}
