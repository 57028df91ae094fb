import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { verify } from '../../src/query/index.ts';
import { smallDisk } from '../make/small-disk.ts';
import { compacted, tempEngine, tempFolder, tempReader, tempWarehouse } from '../make/warehouse.ts';
import { randomFrom, startCrowd } from './chaos.ts';

const seconds = Number(process.env.CHAOS_SECONDS ?? 120);
/** `SEED=…` repeats the choices of a run; when they meet whom is up to the machine. */
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);

test(`${seconds} s of kill -9, SIGSTOP, full disk and few descriptors lose nothing and give nothing twice, SEED=${seed}`, async () => {
  const random = randomFrom(seed);
  // Where no small disk can be mounted, it does not fill up.
  const path = join(smallDisk(`${Math.max(256, seconds)}m`) ?? tempFolder(), 'warehouse');
  const warehouse = tempWarehouse({ inbox_grace_ms: 0 }, path);
  warehouse.append('.id', 'chaos\n');
  const crowd = startCrowd(
    path,
    { writer: 4, compactor: 2, reader: 2 },
    () => ({
      inbox_grace_ms: 0,
      compact_batch_bytes: Math.ceil(random() * 200_000),
      checkpoint_commits: 1 + Math.floor(random() * 20),
      compact_kinds_max: 3,
      merge_file_bytes: 1 + Math.floor(random() * 2_000_000),
      vacuum_retention_ms: 30_000,
      log_retention_ms: 10_000,
      stream_retention_ms: 5000,
    }),
    random,
  );
  onTestFinished(crowd.close);
  await crowd.harass(Date.now() + seconds * 1000);
  await crowd.close();

  expect(crowd.broken).toEqual([]);
  await compacted(warehouse);
  const reader = await tempReader(warehouse);
  const found = await reader.rows(`select job_id, cast(attrs ->> '$.i' as integer) as i, count(*)::int as n
    from events where attrs ->> '$.i' is not null group by all`);
  const numbers = new Map(found.map(({ job_id, i, n }) => [`${job_id} ${i}`, Number(n)]));
  const safe = [...crowd.safeByJob()].flatMap(([job, count]) => Array.from({ length: count }, (_, i) => `${job} ${i}`));
  expect(safe.filter((event) => !numbers.has(event))).toEqual([]);
  expect([...numbers].filter(([, n]) => n > 1)).toEqual([]);
  expect(safe.length).toBeGreaterThan(seconds * 10);
  expect(await reader.rows('select * from rejected_lines')).toEqual([]);
  const { problems } = await verify(warehouse.storage, await tempEngine());
  expect(problems).toEqual([]);
});
