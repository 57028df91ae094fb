import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { forget } from '../../src/compactor/forget.ts';
import { expiredFiles, retain } from '../../src/compactor/retain.ts';
import { type Add, loadSnapshot } from '../../src/lake/index.ts';
import { verify } from '../../src/query/index.ts';
import { linesOf, logLine } from '../make/events.ts';
import { compacted, tempEngine, tempReader, tempWarehouse } from '../make/warehouse.ts';

const now = Date.parse('2026-11-24T12:00:00Z');

const file = (event: string, date: string): Add => ({
  path: `${event}/${date}`,
  partitionValues: { event, date },
  size: 1,
  modificationTime: 1,
  dataChange: true,
});

test.each([
  ['', []],
  ['log=1d', ['log/2026-11-22']],
  ['log=0d', ['log/2026-11-22', 'log/2026-11-23']],
  ['*=1d', ['log/2026-11-22', 'detection/2026-11-22']],
  ['log=30d,*=1d', ['detection/2026-11-22']],
])('with %j these files expire: %j', (retention, expected) => {
  const files = ['log', 'detection'].flatMap((event) =>
    ['2026-11-22', '2026-11-23', '2026-11-24'].map((date) => file(event, date)),
  );
  expect(expiredFiles(files, retention, now).map(({ path }) => path)).toEqual(expected);
});

test('old events leave the table, and the streams do not miss them', async () => {
  const engine = await tempEngine();
  const warehouse = tempWarehouse({ retention: 'log=1d' });
  const lines = ['2026-11-20T10:00:00.000Z', '2026-11-24T10:00:00.000Z', '2026-11-21T10:00:00.000Z'];
  warehouse.append('job-1/a.ndjson', linesOf(lines.map((ts, seq) => logLine({ seq, ts }))));
  warehouse.append('job-1/a.ndjson', linesOf([{ event: 'gpu.sample', ts: lines[0], seq: 3 }]));
  await compacted(warehouse, { engine });

  expect(await retain({ ...warehouse, engine }, now)).toEqual({ files: 2, lines: 2 });

  const reader = await tempReader(warehouse);
  expect(await reader.rows('select seq from events order by seq')).toEqual([{ seq: 1 }, { seq: 3 }]);
  expect(await reader.rows('select lines, compacted, hot, expired, gaps, note from streams')).toEqual([
    { lines: 4, compacted: 4, hot: 0, expired: 2, gaps: 0, note: null },
  ]);
  expect((await verify(warehouse.storage, engine)).problems).toEqual([]);
  expect(await retain({ ...warehouse, engine }, now)).toEqual({ files: 0, lines: 0 });
});

test('of a stream whose watermark was forgotten nothing is noted, so that the log does not grow by it', async () => {
  const engine = await tempEngine();
  const warehouse = tempWarehouse({ retention: '*=1d' });
  const stream = 'job-1/019ab0e0-1234-7abc-8def-000000000001.ndjson';
  warehouse.append(stream, linesOf([0, 1].map((seq) => logLine({ seq, ts: '2026-11-20T10:00:00.000Z' }))));
  await compacted(warehouse, { engine });
  rmSync(join(warehouse.path, 'inbox', stream));
  await forget({ ...warehouse, engine }, Date.now() + 365 * 24 * 3_600_000);

  expect(await retain({ ...warehouse, engine }, now)).toEqual({ files: 1, lines: 2 });

  const { txns } = await loadSnapshot(warehouse.storage, engine);
  expect([...txns.keys()]).toEqual(['siltstone-forgotten']);
});
