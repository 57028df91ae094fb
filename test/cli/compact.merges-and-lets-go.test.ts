import { expect, test } from 'vitest';
import { linesOf, makeEvents } from '../make/events.ts';
import { compacted, tempWarehouse, type Warehouse } from '../make/warehouse.ts';
import { queried, siltstone } from './siltstone.ts';

async function filledWarehouse(): Promise<Warehouse> {
  const warehouse = tempWarehouse();
  const [events = []] = makeEvents({ events: 10 }).values();
  for (const name of ['a', 'b']) {
    warehouse.append(`job-1/${name}.ndjson`, linesOf(events));
    await compacted(warehouse);
  }
  warehouse.append('job-1/c.ndjson', linesOf(events));
  return warehouse;
}

const everything = ['--merge', '--vacuum', '--set', 'retention=output.issue=0d'];

test('a dry run tells what would be done, and does nothing', async () => {
  const { path } = await filledWarehouse();

  const { exitCode, stdout } = siltstone(['compact', '--warehouse', path, '--dry-run', ...everything]);

  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/would compact .* of 1 stream\n/);
  expect(stdout).toMatch(/would merge, each line into one file:\n\nevent +date +files +bytes\n/);
  expect(stdout).toMatch(/detection +2026-11-23 +2/);
  expect(stdout).toMatch(/2 lines in 2 files expired; nothing was changed\n$/);
  expect(queried(path, 'select count(*) as commits from lake_commits')).toEqual([{ commits: 2 }]);
});

test('compact merges, and lets go what is kept no longer, and says so', async () => {
  const { path } = await filledWarehouse();

  const { exitCode, stdout } = siltstone(['compact', '--warehouse', path, ...everything]);

  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/10 lines .* compacted into 10 files .* by 1 commit/);
  expect(stdout).toMatch(/30 files .* merged into 10 .* by 1 commit\n3 lines in 1 file expired\n/);
  expect(queried(path, "select count(*) as issues from events where event = 'output.issue'")).toEqual([{ issues: 0 }]);
  expect(siltstone(['verify', '--warehouse', path]).exitCode).toBe(0);
});

test('with --json all of it is one object', async () => {
  const { path } = await filledWarehouse();

  const { stdout } = siltstone(['compact', '--warehouse', path, '--json', ...everything]);

  expect(JSON.parse(stdout)).toMatchObject({
    commits: 1,
    lines: 10,
    merging: { filesBefore: 30, filesAfter: 10 },
    upkeep: { expired: { files: 1, lines: 3 }, streamsForgotten: 0, logFilesRemoved: 0, vacuumed: { files: 0 } },
  });
});
