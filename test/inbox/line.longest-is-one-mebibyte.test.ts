import { expect, test } from 'vitest';
import { lineBytesMax } from '../../src/events/index.ts';
import { lineOf, logLine } from '../make/events.ts';
import { compacted, tempReader, tempWarehouse } from '../make/warehouse.ts';

/** A line of so many bytes, its `\n` included. */
function lineOfBytes(bytes: number, character = 'x'): string {
  const others = lineOf(logLine({ message: '' })).length;
  const count = Math.floor((bytes - others) / Buffer.byteLength(character));
  const message = character.repeat(count) + 'x'.repeat(bytes - others - count * Buffer.byteLength(character));
  return lineOf(logLine({ message }));
}

test.each([
  ['log', lineOfBytes(lineBytesMax)],
  ['log', lineOfBytes(lineBytesMax, '😀')],
  ['line.rejected', lineOfBytes(lineBytesMax + 1)],
  ['line.rejected', lineOfBytes(lineBytesMax + 1, '😀')],
  ['line.rejected', `${' '.repeat(lineBytesMax + 1)}\n`],
  ['line.rejected', ' '.repeat(lineBytesMax) + lineOf(logLine())],
])('%s: a line of a MiB with its end is read, a byte more is not; its neighbours are', async (event, line) => {
  const warehouse = tempWarehouse();
  warehouse.append('job-1/a.ndjson', lineOf(logLine()) + line + lineOf(logLine()));
  const reader = await tempReader(warehouse);
  const kinds = [{ event: 'log' }, { event }, { event: 'log' }];

  expect(await reader.rows('select event from events order by seq')).toEqual(kinds);
  await compacted(warehouse);
  expect(await reader.rows('select event from events order by seq')).toEqual(kinds);
});

test('a line too long for a buffer and one within it are told apart, wherever a batch is cut', async () => {
  const long = lineOfBytes(3 * lineBytesMax);
  const warehouse = tempWarehouse({ compact_batch_bytes: lineBytesMax });
  warehouse.append('job-1/a.ndjson', long + lineOfBytes(lineBytesMax) + long + lineOf(logLine()));
  const reader = await tempReader(warehouse);
  const seqs = 'select seq, event, length(raw)::int as kept from events order by seq';

  const hot = await reader.rows(seqs);
  expect(hot).toEqual([
    { seq: 0, event: 'line.rejected', kept: 65_536 },
    { seq: 1, event: 'log', kept: null },
    { seq: 2, event: 'line.rejected', kept: 65_536 },
    { seq: 3, event: 'log', kept: null },
  ]);
  await compacted(warehouse);
  expect(await reader.rows(seqs)).toEqual(hot);
});
