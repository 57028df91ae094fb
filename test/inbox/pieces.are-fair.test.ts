import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compact } from '../../src/compactor/index.ts';
import { listStreams, nextPieces, pendingOf } from '../../src/inbox/index.ts';
import { shareOf } from '../../src/inbox/pieces.ts';
import { linesOf, logLine } from '../make/events.ts';
import { tempEngine, tempReader, tempWarehouse, type Warehouse } from '../make/warehouse.ts';

const lines = (count: number): string => linesOf(Array.from({ length: count }, (_, seq) => logLine({ seq })));
const lineBytes = lines(1).length;

/** What one batch would take of each stream, in lines about. */
async function taken(warehouse: Warehouse, bytesMax: number, served: readonly string[] = []) {
  const pending = pendingOf(await listStreams(warehouse.storage, 'inbox-id'), new Map());
  const files = new Set(served.map((stream) => join(warehouse.path, 'inbox', stream)));
  const pieces = await nextPieces(pending, bytesMax, files);
  return Object.fromEntries(
    pieces.map(({ file, range }) => [file.split('/inbox/')[1], Math.round((range.to - range.from) / lineBytes)]),
  );
}

/** Says that a stream was written to last so many hours from now. */
function dated(warehouse: Warehouse, stream: string, hours: number): void {
  const at = new Date(Date.now() + hours * 3_600_000);
  utimesSync(join(warehouse.path, 'inbox', stream), at, at);
}

test('a small job behind a huge one is in the same batch, and the huge one takes the rest', async () => {
  const warehouse = tempWarehouse();
  warehouse.append('a-huge/a.ndjson', lines(5000));
  warehouse.append('small/a.ndjson', lines(10));
  dated(warehouse, 'a-huge/a.ndjson', -100);

  expect(await taken(warehouse, 1000 * lineBytes)).toEqual({ 'a-huge/a.ndjson': 990, 'small/a.ndjson': 10 });
});

test('many huge ones take turns of a part that is worth a commit', async () => {
  const warehouse = tempWarehouse();
  const names = Array.from({ length: 30 }, (_, i) => `job-${i + 10}/a.ndjson`);
  for (const name of names) warehouse.append(name, lines(200));
  const first = Object.keys(await taken(warehouse, 320 * lineBytes));

  expect(first.length).toBeGreaterThanOrEqual(15);
  expect(first.length).toBeLessThanOrEqual(20);
  const second = Object.keys(await taken(warehouse, 320 * lineBytes, first));
  expect(second).toEqual(expect.arrayContaining(names.filter((name) => !first.includes(name))));
});

test('torn lines take no place of others, however many and however old', async () => {
  const warehouse = tempWarehouse();
  const torn = Array.from({ length: 1100 }, (_, i) => `torn/${i}.ndjson`);
  for (const name of torn) {
    warehouse.append(name, '{"event":');
    dated(warehouse, name, -1);
  }
  warehouse.append('job-1/a.ndjson', lines(3));

  expect(await taken(warehouse, 1_000_000)).toEqual({ 'job-1/a.ndjson': 3 });
});

test('whatever the clocks of the files say, one pass takes everything', async () => {
  const warehouse = tempWarehouse({ compact_batch_bytes: 20 * lineBytes, compact_files_max: 1 });
  for (const [name, hours] of [
    ['future', 24 * 365 * 50],
    ['past', -24 * 365 * 50],
    ['now', 0],
  ] as const) {
    warehouse.append(`${name}/a.ndjson`, lines(100));
    dated(warehouse, `${name}/a.ndjson`, hours);
  }
  const compaction = await compact({ ...warehouse, engine: await tempEngine() });
  const reader = await tempReader(warehouse);

  expect(compaction.lines).toBe(300);
  expect(await reader.rows('select count(*)::int as n, sum(hot::int)::int as hot from events')).toEqual([
    { n: 300, hot: 0 },
  ]);
});

test.each([
  ['all of the room for the only one', [100, 1, 1600], 100],
  ['an equal part of many', [1600, 4, 1600], 400],
  ['no less than a sixteenth of a batch', [1600, 400, 1600], 100],
  ['no more than is left', [30, 400, 1600], 30],
] as const)('a stream’s share is %s', (_, [room, count, bytesMax], expected) => {
  expect(shareOf(room, count, bytesMax)).toBe(expected);
});
