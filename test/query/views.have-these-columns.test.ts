import { expect, test } from 'vitest';
import { viewFiles } from '../../src/query/index.ts';
import { compacted, tempReader, tempWarehouse } from '../make/warehouse.ts';
import { foreignLines, writeJob } from './jobs.ts';

/** A view's columns are what queries, dashboards and notebooks are written against: one may be added, none changes. */
test('every view has these columns, of these types, in this order', async () => {
  const reader = await tempReader(tempWarehouse());
  const columns = await reader.rows(`select table_name as view, column_name || ' ' || data_type as "column"
    from duckdb_columns() join duckdb_views() on view_name = table_name where not duckdb_views.internal
    and duckdb_columns.schema_name = 'main' order by table_name, column_index`);
  const described = Object.fromEntries(
    viewFiles().map(({ name: view }) => [view, columns.filter((row) => row.view === view).map((row) => row.column)]),
  );

  expect(described).toMatchSnapshot();
});

test('id, job and time are never null, whoever wrote the event', async () => {
  const warehouse = tempWarehouse();
  writeJob(warehouse, 'job-1');
  warehouse.append('job-2/bash.ndjson', foreignLines);
  await compacted(warehouse);
  writeJob(warehouse, 'job-3');
  warehouse.append('no job id/bash.ndjson', foreignLines);
  const reader = await tempReader(warehouse);
  const views = [
    'job_metrics',
    'plugin_metrics',
    'overlay_metrics',
    'device_usage',
    'detections',
    'logs',
    'rejected_lines',
  ];
  const counted = await Promise.all(
    views.map((view) =>
      reader.rows(`select count(*) > 0 as some, count_if(id is null or job_id is null or created_at is null)::int as nulls,
        count(*) - count(distinct id) as twice from ${view}`),
    ),
  );

  expect(counted.flat()).toEqual(views.map(() => ({ some: true, nulls: 0, twice: 0 })));
});
