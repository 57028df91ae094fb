import { expect, test } from 'vitest';
import { openMetricsWriter } from '../../src/emitters/index.ts';
import { metricsReader } from '../../src/query/index.ts';
import { compacted, tempReader, tempWarehouse } from '../make/warehouse.ts';

/** DESIGN §5: names, types and order are the contract. */
const tables = {
  job_metrics: [
    ['id', 'UUID'],
    ['job_id', 'VARCHAR'],
    ['plugin', 'VARCHAR'],
    ['device', 'VARCHAR'],
    ['status', 'VARCHAR'],
    ['duration_ms', 'INTEGER'],
    ['created_at', 'TIMESTAMP'],
    ['completed_at', 'TIMESTAMP'],
    ['error_message', 'VARCHAR'],
  ],
  plugin_metrics: [
    ['id', 'UUID'],
    ['job_id', 'VARCHAR'],
    ['plugin', 'VARCHAR'],
    ['tool', 'VARCHAR'],
    ['duration_ms', 'INTEGER'],
    ['success', 'BOOLEAN'],
    ['created_at', 'TIMESTAMP'],
  ],
  overlay_metrics: [
    ['id', 'UUID'],
    ['job_id', 'VARCHAR'],
    ['frame_index', 'INTEGER'],
    ['render_time_ms', 'INTEGER'],
    ['dropped_frames', 'INTEGER'],
    ['fps', 'FLOAT'],
    ['created_at', 'TIMESTAMP'],
  ],
  device_usage: [
    ['id', 'UUID'],
    ['job_id', 'VARCHAR'],
    ['device_requested', 'VARCHAR'],
    ['device_used', 'VARCHAR'],
    ['fallback', 'BOOLEAN'],
    ['created_at', 'TIMESTAMP'],
  ],
};

const job = { job_id: 'job-1', plugin: 'tracker', device: 'gpu', status: 'done', duration_ms: 1234.5 } as const;
const run = { job_id: 'job-1', plugin: 'tracker', tool: 'track', duration_ms: 12.4, success: true } as const;
const frame = { job_id: 'job-1', frame_index: 3, render_time_ms: 7.91, fps: 25 } as const;
const device = { job_id: 'job-1', device_requested: 'gpu', device_used: 'cpu', fallback: true } as const;

test.each(Object.entries(tables))('%s has exactly the columns of the contract', async (table, columns) => {
  const reader = await tempReader(tempWarehouse());
  const described = await reader.rows(`describe ${table}`);
  expect(described.map((row) => [row.column_name, row.column_type])).toEqual(columns);
});

test.each([
  [
    'of another type',
    'id, job_id, frame_index, render_time_ms::double as render_time_ms, dropped_frames, fps, created_at',
  ],
  ['in another order', 'job_id, id, frame_index, render_time_ms, dropped_frames, fps, created_at'],
  ['that is not there', 'id, job_id, frame_index, render_time_ms, dropped_frames, fps'],
])('a column %s is not the contract’s', async (_, columns) => {
  const reader = await tempReader(tempWarehouse());
  await reader.run(`create view planted as select ${columns} from overlay_metrics`);
  const described = await reader.rows('describe planted');

  expect(described.map((row) => [row.column_name, row.column_type])).not.toEqual(tables.overlay_metrics);
});

test.each([
  ['job_metrics', 'writeJobMetric', job, { status: 'done', device: 'gpu', duration_ms: 1235, error_message: null }],
  ['plugin_metrics', 'writePluginMetric', run, { tool: 'track', duration_ms: 12, success: true }],
  ['overlay_metrics', 'writeOverlayMetric', frame, { frame_index: 3, render_time_ms: 8, dropped_frames: 0, fps: 25 }],
  ['device_usage', 'writeDeviceUsage', device, { device_requested: 'gpu', device_used: 'cpu', fallback: true }],
] as const)('%s has exactly one row after one %s', async (table, method, row, expected) => {
  const warehouse = tempWarehouse();
  const writer = openMetricsWriter({ warehouse: warehouse.path });
  (writer[method] as (given: object) => void)(row);
  await writer.flush();
  const reader = await tempReader(warehouse);
  const hot = await reader.rows(`select * from ${table}`);
  expect(hot).toEqual([expect.objectContaining({ job_id: 'job-1', ...expected })]);
  expect(hot[0]).toEqual(
    expect.objectContaining({ id: expect.stringMatching(/^[0-9a-f-]{36}$/), created_at: expect.any(Date) }),
  );

  writer.close();
  await compacted(warehouse);
  expect(await reader.rows(`select * from ${table}`)).toEqual(hot);
});

test('a job folds its changes over several streams: first id and time, latest values, device as it ran', async () => {
  const warehouse = tempWarehouse();
  const reader = await tempReader(warehouse);
  const changes = [
    { status: 'queued', created_at: new Date('2026-11-23T14:00:00.000Z') },
    { status: 'running', created_at: new Date('2026-11-23T14:00:01.000Z') },
    { status: 'done', created_at: new Date('2026-11-23T14:00:09.000Z'), duration_ms: 8000 },
  ] as const;
  for (const change of changes) {
    const writer = openMetricsWriter({ warehouse: warehouse.path });
    writer.writeJobMetric({ job_id: 'job-1', plugin: 'tracker', device: 'gpu', ...change });
    if (change.status === 'running') writer.writeDeviceUsage(device);
    await writer.flush();
    writer.close();
  }
  const [folded, ...others] = await reader.rows('select * from job_metrics');
  expect(others).toEqual([]);
  expect(folded).toMatchObject({
    job_id: 'job-1',
    plugin: 'tracker',
    device: 'cpu',
    status: 'done',
    duration_ms: 8000,
  });
  expect(folded).toMatchObject({ created_at: changes[0].created_at, completed_at: changes[2].created_at });
  const first = await reader.rows("select id from job_status_changes where status = 'queued'");
  expect(folded?.id).toBe(first[0]?.id);
});

test('each reader gives its rows in its order', async () => {
  const warehouse = tempWarehouse();
  const writer = openMetricsWriter({ warehouse: warehouse.path });
  for (const job_id of ['a', 'b', 'c']) writer.writeJobMetric({ ...job, job_id });
  writer.writeJobMetric({ ...job, job_id: 'd', status: 'error', error_message: 'no' });
  for (const duration_ms of [10, 20]) writer.writePluginMetric({ ...run, duration_ms });
  writer.writePluginMetric({ ...run, tool: 'detect', duration_ms: 4 });
  for (const frame_index of [2, 0, 1]) writer.writeOverlayMetric({ ...frame, frame_index });
  writer.writeOverlayMetric({ ...frame, job_id: 'another' });
  for (const device_used of ['cpu', 'cpu', 'gpu']) writer.writeDeviceUsage({ ...device, device_used });
  await writer.flush();
  writer.close();
  const ask = metricsReader(await tempReader(warehouse));

  expect(await ask.jobSummary()).toEqual([
    { plugin: 'tracker', status: 'done', count: 3 },
    { plugin: 'tracker', status: 'error', count: 1 },
  ]);
  expect(await ask.avgPluginDuration()).toEqual([
    { plugin: 'tracker', tool: 'detect', avg_ms: 4 },
    { plugin: 'tracker', tool: 'track', avg_ms: 15 },
  ]);
  expect(await ask.overlayPerformance('job-1')).toEqual([
    { frame_index: 0, render_time_ms: 8, fps: 25 },
    { frame_index: 1, render_time_ms: 8, fps: 25 },
    { frame_index: 2, render_time_ms: 8, fps: 25 },
  ]);
  expect(await ask.deviceUsageStats()).toEqual([
    { device_requested: 'gpu', device_used: 'cpu', count: 2 },
    { device_requested: 'gpu', device_used: 'gpu', count: 1 },
  ]);
});

test('of the jobs that asked for a GPU, those that ran on one are told, by their latest decision', async () => {
  const warehouse = tempWarehouse();
  const writer = openMetricsWriter({ warehouse: warehouse.path });
  const decide = (job_id: string, device_requested: string, device_used: string) =>
    writer.writeDeviceUsage({ job_id, device_requested, device_used, fallback: device_requested !== device_used });
  decide('ran', 'gpu', 'gpu');
  decide('fell-back', 'gpu', 'cpu');
  decide('no-longer-opened', 'gpu', 'gpu');
  decide('no-longer-opened', 'gpu', 'cpu');
  decide('refused', 'gpu', 'none');
  decide('asked-for-none', 'cpu', 'cpu');
  await writer.flush();
  writer.close();
  const ask = metricsReader(await tempReader(warehouse));

  expect(await ask.gpuSuccess()).toEqual({ jobs_requested: 4, jobs_ran: 1, ratio: 0.25 });
});

test('where no job asked for a GPU there is no ratio', async () => {
  const ask = metricsReader(await tempReader(tempWarehouse()));

  expect(await ask.gpuSuccess()).toEqual({ jobs_requested: 0, jobs_ran: 0, ratio: null });
});
