import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backup } from '../../src/care/index.ts';
import { listStreams, takenSuffix } from '../../src/inbox/index.ts';
import { lineOf, logLine } from '../make/events.ts';
import { compacted, tempEngine, tempFolder, tempReader, tempWarehouse } from '../make/warehouse.ts';

/** A warehouse with one stream, and links to a file and to a folder of somebody else’s, under names of streams and jobs. */
function withLinks() {
  const elsewhere = tempFolder();
  writeFileSync(join(elsewhere, 'x.ndjson'), lineOf(logLine({ message: 'secret' })));
  const warehouse = tempWarehouse();
  warehouse.append('job-1/a.ndjson', lineOf(logLine()));
  const inbox = join(warehouse.path, 'inbox');
  symlinkSync(join(elsewhere, 'x.ndjson'), join(inbox, 'job-1/link.ndjson'));
  symlinkSync(join(elsewhere, 'x.ndjson'), join(inbox, `job-1/link2.ndjson${takenSuffix}`));
  symlinkSync(elsewhere, join(inbox, 'job-2'));
  mkdirSync(join(inbox, 'job-3'));
  symlinkSync('../job-1/a.ndjson', join(inbox, 'job-3/inside.ndjson'));
  return { warehouse, elsewhere };
}

test('a link in the inbox is no stream, and nothing behind it is read, taken, copied or moved', async () => {
  const { warehouse, elsewhere } = withLinks();
  const reader = await tempReader(warehouse);
  const engine = await tempEngine();

  const hot = await reader.rows('select message from logs');
  const compaction = await compacted(warehouse);
  const destination = join(tempFolder(), 'copy');
  const { streamCount } = await backup({ storage: warehouse.storage, engine }, destination);

  expect(hot).toEqual([{ message: 'm' }]);
  expect(compaction.lines).toBe(1);
  expect(streamCount).toBe(1);
  expect(await reader.rows('select message from logs')).toEqual(hot);
  expect(await listStreams(warehouse.storage, 'id', takenSuffix)).toEqual([]);
  expect(readFileSync(join(elsewhere, 'x.ndjson'), 'utf8')).toContain('secret');
});
