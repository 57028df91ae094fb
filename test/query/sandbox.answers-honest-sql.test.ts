import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Sandbox, viewFiles } from '../../src/query/index.ts';
import { compacted, tempEngine, tempFolder, tempWarehouse } from '../make/warehouse.ts';
import { writeJob } from './jobs.ts';
import { asked, askedText, outcomeOf, question, tempSandbox } from './sandbox.ts';

async function twoJobs(): Promise<Sandbox> {
  const warehouse = tempWarehouse();
  writeJob(warehouse, 'job-1');
  await compacted(warehouse);
  writeJob(warehouse, 'job-2');
  return tempSandbox(warehouse, { workerCount: 1 });
}

/** One row of one value each. */
const honest: readonly (readonly [sql: string, value: unknown])[] = [
  [`select count(*)::int from job_metrics`, 2],
  [`table job_metrics limit 0`, undefined],
  [`select count(*)::int from main.events e where e.hot`, 13],
  [`with j as (select * from job_metrics), k as materialized (from j) select count(*)::int from k`, 2],
  [`with recursive r(x) as (select 1 union all select x + 1 from r where x < 10) select max(x) from r`, 10],
  [
    `select max(n) from (select row_number() over (partition by plugin order by created_at) as n from job_metrics)`,
    '2',
  ],
  [`select lag(frame_index, 1, -1) over w from overlay_metrics window w as (order by created_at) limit 1`, -1],
  [`select payload ->> '$.boxes[0][1]' from outputs_raw limit 1`, '2.5'],
  [`select json_extract_string(attrs, '$.team') from detections where attrs is not null limit 1`, 'home'],
  [`select value::int from json_each('[7]')`, 7],
  [`select date_trunc('day', timestamp '2026-11-23 14:05:00')::varchar`, '2026-11-23 00:00:00'],
  [`select (timestamp '2026-11-23' + interval 36 hour)::varchar`, '2026-11-24 12:00:00'],
  [`select strftime(date '2026-11-23', '%d.%m.%Y')`, '23.11.2026'],
  [`select extract(year from time_bucket(interval 1 day, timestamp '2026-11-23 14:05:00'))`, '2026'],
  [`select (timestamptz '2026-11-23 14:05:00+00' at time zone 'Europe/Berlin')::varchar`, '2026-11-23 15:05:00'],
  [`select now() > created_at from job_metrics limit 1`, true],
  [`select quantile_cont(duration_ms, 0.5) from plugin_metrics`, 8.5],
  [`select [x * 2 for x in [1, 2, 3] if x > 1][2]`, 6],
  [`select list_transform([1, 2], lambda x: x + 1)[1]`, 2],
  [`select {'a': {'b': 3}}.a.b`, 3],
  [`select map {'a': 4}['a']`, 4],
  [`select sum(v)::int from (values (1), (2)) t(v)`, 3],
  [`select sum(i)::int from generate_series(1, 4) s(i)`, 10],
  [`select unnest([5])`, 5],
  [`select count(*)::int from job_metrics j, lateral (select j.job_id as id) l where l.id = j.job_id`, 2],
  [`select count(*)::int from job_metrics semi join device_usage using (job_id)`, 2],
  [`select count(*)::int from (select job_id from job_metrics intersect select job_id from logs)`, 2],
  [`select coalesce(null, nullif('a', 'b'), 'c') || case when 1 in (1, 2) then '!' else '?' end`, 'a!'],
  [`select regexp_extract('job-12', '([0-9]+)', 1)::int`, 12],
  [`select 'ball' ilike 'BA%' and 'a' between 'a' and 'b' and not exists (select 1 where false)`, true],
  [`select count(*) filter (where success)::int from plugin_metrics group by all having count(*) > 0`, 4],
  [`select plugin from job_metrics qualify row_number() over () = 1`, 'player-tracker'],
  [
    `select p from (from plugin_metrics select plugin as p, count(*) group by rollup (plugin)) where p is not null`,
    'player-tracker',
  ],
  [`select "1" from (from (select frame_index as f, 1 as n from overlay_metrics) pivot (sum(n) for f in (0, 1)))`, '2'],
  [`select count(*)::int from (unpivot (select 1 as a, 2 as b) on a, b)`, 2],
  [`select columns(c -> c = 'job_id') from job_metrics order by all limit 1`, 'job-1'],
  [`select * exclude (x) replace (y + 1 as y) from (select 1 as x, 2 as y)`, 3],
  [`select try(sqrt(-1)) is null and try_cast('x' as integer) is null`, true],
  [`select id::varchar = event_id(stream, seq)::varchar from events limit 1`, true],
  [`select column_type from (describe job_metrics) where column_name = 'id'`, 'UUID'],
  [`select count(*)::int from (summarize job_metrics)`, 9],
  [`select count(*)::int from job_metrics using sample 100%`, 2],
];

test('views, window functions, CTEs, JSON, dates and the rest of reading SQL are answered', async () => {
  const sandbox = await twoJobs();
  const firstOf = (sql: string): Promise<unknown> =>
    asked(sandbox, sql).then(
      ({ rows }) => rows[0]?.[0],
      (error: Error) => error.message,
    );
  const found = await Promise.all(honest.map(async ([sql]) => [sql, await firstOf(sql)]));

  expect(found).toEqual(honest);
});

test('every view can be read, counted and described', async () => {
  const sandbox = await twoJobs();
  const views = viewFiles().map(({ name }) => name);
  const counts = await Promise.all(views.map(async (view) => (await asked(sandbox, `from ${view}`)).columns.length));
  const described = await Promise.all(views.map(async (view) => (await asked(sandbox, `describe ${view}`)).row_count));

  expect(described).toEqual(counts);
  expect(Math.min(...counts)).toBeGreaterThan(2);
});

test('a new commit, new hot rows and a promoted kind are seen by the next statement', async () => {
  const warehouse = tempWarehouse();
  const sandbox = tempSandbox(warehouse, { workerCount: 1 });
  const count = 'select count(*)::int, count(distinct id)::int from events';
  const seen = [await asked(sandbox, count)];
  writeJob(warehouse, 'job-1');
  seen.push(await asked(sandbox, count));
  await compacted(warehouse);
  seen.push(await asked(sandbox, count));
  writeJob(warehouse, 'job-2');
  seen.push(await asked(sandbox, count));
  writeFileSync(join(warehouse.path, 'siltstone.json'), '{"kinds":{"door.opened":{"who":"VARCHAR"}}}');

  expect(seen.map(({ rows, version }) => [...(rows[0] ?? []), version])).toEqual([
    [0, 0, -1],
    [13, 13, -1],
    [13, 13, 0],
    [26, 26, 0],
  ]);
  expect(await outcomeOf(sandbox, 'select count(*) from door_opened')).toContain('"row_count":1');
});

test('a version is the lake as it was then, and one that is gone is told', async () => {
  const warehouse = tempWarehouse();
  const sandbox = tempSandbox(warehouse, { workerCount: 1 });
  writeJob(warehouse, 'job-1');
  await compacted(warehouse);
  writeJob(warehouse, 'job-2');
  await compacted(warehouse);
  const count = 'select count(*)::int from job_metrics';

  expect((await asked(sandbox, count, { version: 0 })).rows).toEqual([[1]]);
  expect((await asked(sandbox, count)).rows).toEqual([[2]]);
  expect((await asked(sandbox, count, { version: 1 })).rows).toEqual([[2]]);
  expect(await outcomeOf(sandbox, count, { version: 7 })).toBe('version_gone');
});

test('parameters are bound by number and by name', async () => {
  const sandbox = await twoJobs();
  const byNumber = 'select job_id from job_metrics where job_id = ? and $2 and ?::double < 1 limit ?';

  expect((await asked(sandbox, 'select ?, ?, ?, ?', { params: ['a', 1, 0.5, null] })).rows).toEqual([
    ['a', 1, 0.5, null],
  ]);
  expect((await asked(sandbox, 'select $b, $a', { params: { a: 1, b: true } })).rows).toEqual([[true, 1]]);
  expect(await outcomeOf(sandbox, byNumber, { params: ['job-1'] })).toBe('engine_failed');
  expect(await askedText(sandbox, 'select ? as a', { params: ['é"'], format: 'csv' })).toBe('a\n"é"""\n');
});

test('rows come as CSV, NDJSON and Parquet as well, with the types of the views', async () => {
  const sandbox = await twoJobs();
  const sql = 'select job_id, fps, created_at, id from overlay_metrics order by job_id, frame_index;';
  const parquet = join(tempFolder(), 'a.parquet');
  writeFileSync(parquet, (await sandbox.ask(question(sql, { format: 'parquet' }))).content);
  const engine = await tempEngine();
  const [csv] = (await askedText(sandbox, sql, { format: 'csv' })).split('\n').slice(1);
  const ndjson = (await askedText(sandbox, sql, { format: 'ndjson' })).trim().split('\n');

  expect(csv).toMatch(/^job-1,29\.7,\d{4}-\d\d-\d\dT[\d:.]+Z,[0-9a-f-]{36}$/);
  expect(ndjson.map((line) => JSON.parse(line).fps)).toEqual([29.7, 29.7, 29.7, 29.7]);
  expect((await engine.rows(`describe from '${parquet}'`)).map((row) => row.column_type)).toEqual([
    ...['VARCHAR', 'FLOAT', 'TIMESTAMP', 'UUID'],
  ]);
});

const formats = ['json', 'csv', 'ndjson', 'parquet'] as const;

test('in every form, more rows than the limit are cut, and it is said', async () => {
  const sandbox = tempSandbox(tempWarehouse(), { workerCount: 1, rowsMax: 3 });
  const answers = formats.flatMap((format) =>
    [3, 4, 1_000_000].map((rows) => sandbox.ask(question(`from range(${rows})`, { format }))),
  );
  const cut = [
    [3, false],
    [3, true],
    [3, true],
  ];

  expect((await Promise.all(answers)).map(({ rowCount, isTruncated }) => [rowCount, isTruncated])).toEqual([
    ...[...cut, ...cut],
    ...[...cut, ...cut],
  ]);
});

test('in every form, more bytes than the limit are refused', async () => {
  const sandbox = tempSandbox(tempWarehouse(), { workerCount: 1, bytesMax: 1000 });
  const outcomes = (sql: string) => Promise.all(formats.map((format) => outcomeOf(sandbox, sql, { format })));

  expect(await outcomes('select uuid() from range(999)')).toEqual(formats.map(() => 'query_too_large'));
  expect((await outcomes('select uuid() from range(1)')).filter((outcome) => outcome === 'query_too_large')).toEqual(
    [],
  );
});

test('the plan is given on demand, and the message of a mistake is the engine’s', async () => {
  const sandbox = await twoJobs();

  expect((await asked(sandbox, 'select count(*) from logs', { explain: true })).plan).toContain('READ_PARQUET');
  await expect(sandbox.ask(question('select nothing from logs'))).rejects.toThrow(/column "nothing" not found/);
  await expect(sandbox.ask(question('selec 1'))).rejects.toMatchObject({ code: 'engine_failed' });
});

test('a warehouse that is missing is told, and read once it is there', async () => {
  const path = join(tempFolder(), 'warehouse');
  const missing = { path } as ReturnType<typeof tempWarehouse>;
  const sandbox = tempSandbox(missing, { workerCount: 1 });

  expect(await outcomeOf(sandbox, 'from job_metrics')).toBe('warehouse_missing');
  writeJob(missing, 'job-1');
  expect((await asked(sandbox, 'from job_metrics')).row_count).toBe(1);
});
