import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { backup } from '../../src/care/index.ts';
import { commitPath } from '../../src/lake/index.ts';
import { verify } from '../../src/query/index.ts';
import { ended, linesByJob, startCompactor, startWriter } from '../compactor/processes.ts';
import { tempEngine, tempFolder, tempReader, tempWarehouse } from '../make/warehouse.ts';

test('a backup beside 4 writers and a compactor holds all that was flushed before it, once, and so does the next into it', async () => {
  const warehouse = tempWarehouse();
  const engine = await tempEngine();
  const destination = join(tempFolder(), 'copy');
  const writers = Array.from({ length: 4 }, (_, i) => startWriter(warehouse.path, `job-${i}`, 60_000));
  const compactor = startCompactor(warehouse.path, { compact_batch_bytes: 100_000, checkpoint_commits: 3 });
  const backedUp = async (commits: number) => {
    while (!existsSync(join(warehouse.path, commitPath(commits)))) await wait(50);
    const safe = new Map(writers.map((writer) => [writer.jobId, writer.safeLines()]));
    const { problems, version } = await backup({ storage: warehouse.storage, engine }, destination);
    const copy = tempWarehouse({}, destination);
    const found = await linesByJob(await tempReader(copy));
    const deep = await verify(copy.storage, engine, undefined, { deep: true });
    const lost = [...safe].filter(([job, lines]) => (found.get(job)?.[0] ?? 0) < lines);
    const unequal = [...found].filter(([, [seen, numbers, lines]]) => seen !== numbers || seen !== lines);
    return {
      lost,
      unequal,
      problems: [...problems, ...deep.problems],
      version,
      isAny: safe.values().next().value !== 0,
    };
  };

  const first = await backedUp(2);
  const second = await backedUp(first.version + 2);

  const isWell = { lost: [], unequal: [], problems: [], isAny: true };
  expect(first).toMatchObject(isWell);
  expect(second).toMatchObject(isWell);
  expect(second.version).toBeGreaterThan(first.version);
  expect(first.version).toBeGreaterThan(0);
  expect(writers.map(({ child }) => child.exitCode)).toContain(null);
  for (const { child } of writers) child.kill('SIGKILL');
  await Promise.all(writers.map(({ child }) => ended(child)));
  compactor.stdin?.end();
  expect(await ended(compactor)).toBe(0);
});
