import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { linesOf, logLine } from '../make/events.ts';
import { compacted, tempWarehouse, type Warehouse } from '../make/warehouse.ts';

const script = fileURLToPath(new URL('reader-process.mjs', import.meta.url));
const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const descriptors = 256;
const fileCount = 400;

/** What a script says that may open few files at a time. */
function starved(...args: readonly string[]): string {
  const command = `ulimit -n ${descriptors} && exec "$0" "$@"`;
  return execFileSync('/bin/bash', ['-c', command, process.execPath, ...args], { encoding: 'utf8' });
}

const seen = ({ path }: Warehouse): unknown => JSON.parse(starved(script, path));

test('256 descriptors are enough to read and to compact hundreds of streams and of files of the lake', async () => {
  const warehouse = tempWarehouse({ compact_dates_max: 10_000, compact_files_max: 10_000 });
  const day = (i: number): string => new Date(Date.parse('2010-01-01T00:00:00Z') + i * 86_400_000).toISOString();
  const days = Array.from({ length: fileCount }, (_, i) => logLine({ seq: i, ts: day(i) }));
  warehouse.append('job-1/a.ndjson', linesOf(days));
  await compacted(warehouse);
  const hot = Array.from({ length: fileCount }, (_, i) => `job-${i}/b.ndjson`);
  for (const stream of hot) warehouse.append(stream, linesOf([logLine()]));

  expect(seen(warehouse)).toEqual({ events: 2 * fileCount, hot: fileCount });
  expect(starved(main, 'compact', '--merge', '--warehouse', warehouse.path)).toContain('400 lines');
  expect(seen(warehouse)).toEqual({ events: 2 * fileCount, hot: 0 });
});
