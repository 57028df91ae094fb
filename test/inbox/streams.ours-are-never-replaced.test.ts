import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { verify } from '../../src/query/index.ts';
import { linesOf, logLine } from '../make/events.ts';
import { compacted, tempEngine, tempReader, tempWarehouse } from '../make/warehouse.ts';

const stream = '019ab0e0-1234-7abc-8def-000000000001';
const lines = linesOf([logLine(), logLine({ seq: 1 }), logLine({ seq: 2 })]);
const firstLineBytes = lines.indexOf('\n') + 1;

/** A stream of ours that was taken, and of which a power cut left only its beginning. */
async function cutOff(left: (content: Buffer) => Buffer) {
  const warehouse = tempWarehouse();
  warehouse.append(`job-1/${stream}.ndjson`, lines);
  await compacted(warehouse);
  const file = join(warehouse.path, 'inbox/job-1', `${stream}.ndjson`);
  writeFileSync(file, left(readFileSync(file)));
  return warehouse;
}

test.each<[string, (content: Buffer) => Buffer]>([
  ['nothing', () => Buffer.alloc(0)],
  ['a line', (content) => content.subarray(0, firstLineBytes)],
  ['a line, and zeros where the others were', (content) => content.fill(0, firstLineBytes)],
])('of a taken stream a power cut may leave %s: its events are there once', async (_, left) => {
  const warehouse = await cutOff(left);
  const reader = await tempReader(warehouse);
  expect(await reader.rows('select seq, stream, hot from events order by seq')).toEqual(
    [0, 1, 2].map((seq) => ({ seq, stream, hot: false })),
  );
  expect(await compacted(warehouse)).toMatchObject({ commits: 0 });
  expect((await verify(warehouse.storage, await tempEngine())).problems).toEqual([]);
});
