import { expect, test } from 'vitest';
import { lineOf, logLine } from '../make/events.ts';
import { compacted, tempWarehouse } from '../make/warehouse.ts';
import { siltstone, start } from './siltstone.ts';

const message = (text: string, others = {}): string => lineOf(logLine({ message: text, ...others }));

/** The messages in the order in which they were told. */
const told = (output: string): readonly string[] =>
  [...output.matchAll(/message=(\w+)/g)].map(([, text]) => text ?? '');

test('tail shows the newest events, the newest last', () => {
  const warehouse = tempWarehouse();
  warehouse.append('job-1/a.ndjson', message('old', { ts: '2026-11-20T00:00:00Z' }));
  warehouse.append('job-1/b.ndjson', message('new', { ts: '2026-11-22T00:00:00Z' }));
  warehouse.append('job-2/a.ndjson', message('newest', { job_id: 'job-2', ts: '2026-11-23T00:00:00Z' }));

  const { stdout } = siltstone(['tail', '--lines', '2', '--warehouse', warehouse.path]);

  expect(stdout).toBe(
    '2026-11-22T00:00:00.000Z job-1 log level=info message=new\n' +
      '2026-11-23T00:00:00.000Z job-2 log level=info message=newest\n',
  );
});

test('tail of a job shows that job alone, and says so where it has none', () => {
  const warehouse = tempWarehouse();
  warehouse.append('job-1/a.ndjson', message('mine'));

  const mine = siltstone(['tail', 'job-1', '--warehouse', warehouse.path]);
  const none = siltstone(['tail', 'job-7', '--warehouse', warehouse.path]);

  expect(told(mine.stdout)).toEqual(['mine']);
  expect(none).toMatchObject({ exitCode: 0, stdout: '', stderr: 'no event of job job-7 yet\n' });
});

test('--follow tells each event once, whether it is compacted meanwhile or not', async () => {
  const warehouse = tempWarehouse();
  warehouse.append('job-1/a.ndjson', message('first'));
  const tail = start(['tail', '--follow', '--warehouse', warehouse.path]);
  await tail.says('message=first');

  warehouse.append('job-1/a.ndjson', message('hot', { seq: 1 }));
  await tail.says('message=hot');
  warehouse.append('job-1/a.ndjson', message('cold', { seq: 2 }));
  await compacted(warehouse);
  await tail.says('message=cold');
  warehouse.append('job-2/b.ndjson', message('other', { job_id: 'job-2' }));
  await tail.says('message=other');
  tail.child.kill('SIGINT');

  expect(await tail.ended()).toBe(0);
  expect(told(tail.stdout())).toEqual(['first', 'hot', 'cold', 'other']);
});

test('--json gives one object a line, without what is null', () => {
  const warehouse = tempWarehouse();
  warehouse.append('job-1/a.ndjson', message('m'));

  const event = JSON.parse(siltstone(['tail', '--json', '--warehouse', warehouse.path]).stdout);

  expect(event).toMatchObject({
    event: 'log',
    job_id: 'job-1',
    ts: '2026-11-23T14:05:00.123Z',
    message: 'm',
    hot: true,
  });
  expect(event).not.toHaveProperty('plugin');
});
