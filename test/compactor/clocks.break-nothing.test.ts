import { rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { compact } from '../../src/compactor/index.ts';
import { sweep } from '../../src/compactor/sweep.ts';
import { lendTemporary, type Storage } from '../../src/lake/index.ts';
import { defineViews } from '../../src/query/lake-state.ts';
import { type ReaderState, refresh } from '../../src/query/refresh.ts';
import { linesOf, logLine } from '../make/events.ts';
import { answersOf } from '../make/views.ts';
import { compacted, tempEngine, tempReader, tempWarehouse, type Warehouse } from '../make/warehouse.ts';

const hourMs = 3_600_000;
const status = { event: 'job.status', ts: '2026-11-23T14:05:00Z', plugin: 'p', device: 'cpu', status: 'done' };
const lines = (from: number, to: number): string =>
  linesOf(Array.from({ length: to - from }, (_, i) => logLine({ seq: from + i })));
const count = 'select count(*)::int as n, count(distinct id)::int as ids, sum(hot::int)::int as hot from events';

/** Every clock of this process so far from the true one, until the test is over. */
function setClock(hours: number): void {
  const now = performance.timeOrigin + performance.now();
  vi.useFakeTimers({ toFake: ['Date'], now: now + hours * hourMs });
  onTestFinished(() => {
    vi.useRealTimers();
  });
}

function date(warehouse: Warehouse, stream: string, hours: number): void {
  const at = new Date(performance.timeOrigin + performance.now() + hours * hourMs);
  utimesSync(join(warehouse.path, 'inbox', stream), at, at);
}

test.each([
  ['the future', 24 * 365 * 20],
  ['the past', -24 * 365 * 20],
])('a file that says it was written in %s is taken to the byte, whether it grows or not', async (_, hours) => {
  const warehouse = tempWarehouse();
  const reader = await tempReader(warehouse);
  for (const [from, to] of [
    [0, 5],
    [5, 9],
    [9, 10],
  ] as const) {
    warehouse.append('job-1/a.ndjson', lines(from, to));
    date(warehouse, 'job-1/a.ndjson', hours);
    await compacted(warehouse);
    expect(await reader.rows(count)).toEqual([{ n: to, ids: to, hot: 0 }]);
  }
});

test('a file that grows while it is read where it lies, and whose clock is set back, is read again from a copy', async () => {
  const warehouse = tempWarehouse();
  warehouse.append('job-1/a.ndjson', lines(0, 5));
  date(warehouse, 'job-1/a.ndjson', -1);
  const file = join(warehouse.path, 'inbox/job-1/a.ndjson');
  const { atime, mtime } = statSync(file);
  let isFirst = true;
  const growing: Storage = {
    ...warehouse.storage,
    lend: async () => {
      if (isFirst) warehouse.append('job-1/a.ndjson', lines(5, 8));
      isFirst = false;
      utimesSync(file, atime, mtime);
      return warehouse.storage.lend();
    },
  };
  await compacted(warehouse, { storage: growing });
  const reader = await tempReader(warehouse);

  expect(await reader.rows(count)).toEqual([{ n: 8, ids: 8, hot: 3 }]);
});

test('commits whose clocks jump back and forth give the same answers as one whose clock is right', async () => {
  const jumping = tempWarehouse({ checkpoint_commits: 2 });
  const right = tempWarehouse();
  for (const warehouse of [jumping, right]) writeFileSync(join(tempInbox(warehouse), '.id'), 'one inbox\n');
  for (const [i, hours] of [0, 24 * 365 * 10, -24 * 365 * 10, 1, -1, 0].entries()) {
    setClock(hours);
    jumping.append('job-1/a.ndjson', lines(i * 3, i * 3 + 3));
    right.append('job-1/a.ndjson', lines(i * 3, i * 3 + 3));
    await compacted(jumping);
  }
  vi.useRealTimers();
  await compacted(right);

  expect(await answersOf(await tempReader(jumping))).toEqual(await answersOf(await tempReader(right)));
});

function tempInbox(warehouse: Warehouse): string {
  warehouse.append('.keep', '');
  return join(warehouse.path, 'inbox');
}

/** The state of a reader that looks at a warehouse through a given storage. */
async function readerState(storage: Storage): Promise<ReaderState> {
  const engine = await tempEngine();
  const scratch = await lendTemporary();
  onTestFinished(scratch.close);
  await defineViews(engine, scratch);
  return {
    storage,
    engine,
    scratch,
    batchBytes: 1_000_000,
    hotBytesMax: 1_000_000,
    snapshot: undefined,
    inboxId: undefined,
    promoted: [],
    moment: undefined,
    shown: undefined,
    oldestEntry: undefined,
    scope: undefined,
    loaded: new Map(),
  };
}

test('a reader finds lines whose file was taken and swept between its look at the log and its look at the inbox', async () => {
  const warehouse = tempWarehouse({ inbox_grace_ms: 0 });
  warehouse.append('job-1/a.ndjson', linesOf([status]) + lines(1, 5));
  const engine = await tempEngine();
  let isFirst = true;
  const between: Storage = {
    ...warehouse.storage,
    read: async (path) => {
      if (path === 'inbox/.id' && isFirst) {
        isFirst = false;
        await compact({ ...warehouse, engine });
        // As if a clock had jumped: the grace is over at once.
        await sweep(warehouse.storage, engine, warehouse.settings, Date.now() + hourMs);
        await sweep(warehouse.storage, engine, warehouse.settings, Date.now() + hourMs);
      }
      return warehouse.storage.read(path);
    },
  };
  const state = await readerState(between);
  await refresh(state);

  expect(statSync(join(warehouse.path, 'inbox/job-1'), { throwIfNoEntry: false })).toBe(undefined);
  expect(state.snapshot?.version).toBe(0);
});

test('a compactor that slept while others took and swept its files goes on with what is left', async () => {
  const warehouse = tempWarehouse();
  warehouse.append('job-1/a.ndjson', lines(0, 5));
  warehouse.append('job-2/a.ndjson', lines(0, 5));
  date(warehouse, 'job-1/a.ndjson', -1);
  let isFirst = true;
  const asleep: Storage = {
    ...warehouse.storage,
    lend: async () => {
      const scratch = await warehouse.storage.lend();
      if (!isFirst) return scratch;
      isFirst = false;
      await compacted(warehouse);
      rmSync(join(warehouse.path, 'inbox/job-1'), { recursive: true });
      warehouse.append('job-2/a.ndjson', lines(5, 8));
      return scratch;
    },
  };
  expect((await compacted(warehouse, { storage: asleep })).lines).toBe(3);
  const reader = await tempReader(warehouse);
  expect(await reader.rows(count)).toEqual([{ n: 13, ids: 13, hot: 0 }]);
});
