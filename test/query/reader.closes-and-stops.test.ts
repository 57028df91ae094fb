import { readdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openEngine } from '../../src/engine.ts';
import { metricsReader, openReader } from '../../src/query/index.ts';
import { linesOf, logLine } from '../make/events.ts';
import { compacted, tempFolder, tempReader, tempWarehouse } from '../make/warehouse.ts';

const lines = (count: number, from = 0): string =>
  linesOf(Array.from({ length: count }, (_, i) => logLine({ seq: from + i })));
const count = 'select count(*)::int as events, count(distinct id)::int as ids from events';

test('what was asked before close is answered, what is asked after it is the named error', async () => {
  const warehouse = tempWarehouse();
  warehouse.append('job-1/a.ndjson', lines(50));
  const reader = await openReader(warehouse.settings);
  const before = reader.rows(count);
  const closing = reader.close();

  await expect(reader.rows(count)).rejects.toMatchObject({ code: 'closed' });
  expect(await before).toEqual([{ events: 50, ids: 50 }]);
  await closing;
  await reader.close();
  await expect(reader.query(count)).rejects.toMatchObject({ code: 'closed' });
  await expect(reader.run('select 1')).rejects.toMatchObject({ code: 'closed' });
  await expect(metricsReader(reader).jobSummary()).rejects.toMatchObject({ code: 'closed' });
});

test('a closed engine is the named error, and may be closed again', async () => {
  const engine = await openEngine({ memoryBytes: 64 * 1024 * 1024, threads: 1 });
  engine.close();
  engine.close();

  await expect(engine.run('select 1')).rejects.toMatchObject({ code: 'closed' });
  await expect(engine.rows('select 1')).rejects.toMatchObject({ code: 'closed' });
  await expect(engine.result('select 1')).rejects.toMatchObject({ code: 'closed' });
});

test('a reader leaves nothing in the temporary folder, a compaction nothing in its scratch', async () => {
  const warehouse = tempWarehouse();
  const temporary = tempFolder();
  vi.stubEnv('TMPDIR', temporary);
  onTestFinished(() => void vi.unstubAllEnvs());
  warehouse.append('job-1/a.ndjson', `${lines(50)}no event\n`);
  const reader = await openReader(warehouse.settings);
  await reader.rows(count);

  expect(readdirSync(temporary)).toHaveLength(1);
  await reader.close();
  await compacted(warehouse);
  expect(readdirSync(temporary)).toEqual([]);
  expect(readdirSync(`${warehouse.path}/events/_scratch`)).toEqual([]);
});

test('a query that is interrupted at any moment leaves the reader whole', async () => {
  const warehouse = tempWarehouse();
  const reader = await tempReader(warehouse);
  const interrupted: unknown[] = [];
  for (let round = 0; round < 20; round += 1) {
    warehouse.append('job-1/a.ndjson', lines(100, round * 100));
    if (round % 3 === 0) await compacted(warehouse);
    const asked = reader.rows(count).catch((error: unknown) => interrupted.push(error));
    await wait(round);
    reader.interrupt();
    await asked;
  }

  expect(await reader.rows(count)).toEqual([{ events: 2000, ids: 2000 }]);
  expect(interrupted).toEqual(interrupted.map(() => expect.objectContaining({ code: 'engine_failed' })));
});
