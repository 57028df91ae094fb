import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lineOf, logLine } from '../make/events.ts';
import { compacted, tempWarehouse } from '../make/warehouse.ts';
import { queried, start } from './siltstone.ts';

const lakeRows = 'select count(*) as lines, count_if(hot) as hot from events';

test.each(['SIGINT', 'SIGTERM'] as const)(
  'watch compacts what is due, and what is left when %s ends it',
  async (signal) => {
    const warehouse = tempWarehouse();
    const watch = start(['watch', '--warehouse', warehouse.path, '--set', 'compact_pending_wait_ms=200']);
    await watch.says('watching');

    warehouse.append('job-1/a.ndjson', lineOf(logLine()));
    await watch.says('1 line ');
    warehouse.append('job-1/a.ndjson', lineOf(logLine({ seq: 1 })));
    watch.child.kill(signal);

    expect(await watch.ended()).toBe(0);
    expect(queried(warehouse.path, lakeRows)).toEqual([{ lines: 2, hot: 0 }]);
    expect(existsSync(join(warehouse.path, 'init.sql'))).toBe(true);
  },
);

test('its log is JSON lines on stderr, as much as log_level says', async () => {
  const { path } = tempWarehouse();
  const watch = start(['watch', '--warehouse', path]);
  await watch.says('watching');
  watch.child.kill('SIGTERM');
  await watch.ended();

  expect(watch.stdout()).toBe('');
  expect(JSON.parse(watch.stderr())).toMatchObject({ level: 30, warehouse: path, msg: `watching ${path}/inbox` });
});

test('a warehouse that is not there yet is made', async () => {
  const path = join(tempWarehouse().path, 'new/warehouse');
  const watch = start(['watch', '--warehouse', path]);

  await watch.says('watching');

  expect(existsSync(join(path, 'inbox'))).toBe(true);
});

test('watch merges by its schedule', async () => {
  const warehouse = tempWarehouse();
  for (const seq of [0, 1]) {
    warehouse.append('job-1/a.ndjson', lineOf(logLine({ seq })));
    await compacted(warehouse);
  }
  const schedule = 'merge_schedule=* * * * * *';
  const watch = start(['watch', '--warehouse', warehouse.path, '--set', schedule]);

  await watch.says('2 files');
  watch.child.kill('SIGTERM');

  expect(await watch.ended()).toBe(0);
  expect(queried(warehouse.path, 'select operation, files_removed from lake_commits where version = 2')).toEqual([
    { operation: 'OPTIMIZE', files_removed: 2 },
  ]);
});
