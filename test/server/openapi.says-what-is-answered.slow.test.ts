import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openApiOf } from '../../src/server/openapi.ts';
import { routes } from '../../src/server/routes/index.ts';
import { clipPath } from '../inference/football.ts';
import { linesOf } from '../make/events.ts';
import { tempFolder, tempWarehouse } from '../make/warehouse.ts';
import { type Case, expected, type OpenApi, operationsOf, outcomes } from './documented.ts';
import { serving } from './serving.ts';

/** A warehouse with a job that read a clip, one that read a secret and one that did not say. */
function warehouse() {
  const made = tempWarehouse({
    serve_port: 0,
    probe_cache: 'off',
    serve_queue_max: 0,
    jobs_at_once: 1,
    serve_drain_ms: 1,
  });
  const event = { ts: '2026-11-23T14:05:00Z', plugin: 'player-tracker' };
  const status = { ...event, event: 'job.status', device: 'cpu', status: 'done' };
  const box = { ...event, event: 'detection', tool: 'track', label: 'player', x1: 1, y1: 2, x2: 30, y2: 40 };
  const device = { ...event, event: 'device.usage', device_requested: 'gpu', device_used: 'cpu', fallback: true };
  const lines = [
    { ...status, input: clipPath, duration_ms: 12.5 },
    { ...device, reason: 'cuda: no driver' },
    { ...box, frame_index: 0, score: 0.5, track_id: 7, keypoints: [{ x: 1, y: 2 }] },
    { ...box, frame_index: 1, text: '10' },
  ];
  made.append('clip/a.ndjson', linesOf(lines.map((line, seq) => ({ ...line, seq }))));
  made.append('secret/a.ndjson', linesOf([{ ...status, seq: 0, input: '/etc/passwd' }]));
  made.append('silent/a.ndjson', linesOf([{ ...status, seq: 0 }]));
  return made;
}

const post = (body: string, type = 'application/json', headers: Readonly<Record<string, string>> = {}) => ({
  method: 'POST',
  body,
  headers: { 'content-type': type, ...headers },
});
const removed = { method: 'DELETE' };
const range = (bytes: string) => ({ headers: { range: `bytes=${bytes}` } });
const ndjson = 'application/x-ndjson';

const cases: readonly Case[] = [
  ['GET /healthz', '/healthz', 200],
  ['GET /readyz', '/readyz', 200],
  ['POST /v1/session', '/v1/session', 204, post('{"token":"any"}')],
  ['POST /v1/session', '/v1/session', 400, post('{"tok":"any"}')],
  ['POST /v1/session', '/v1/session', 400, post('{')],
  ['POST /v1/session', '/v1/session', 413, post(`{"token":"${'a'.repeat(70_000)}"}`)],
  ['POST /v1/session', '/v1/session', 415, post('token=any', 'application/x-www-form-urlencoded')],
  ['DELETE /v1/session', '/v1/session', 204, removed],
  ['GET /v1/jobs', '/v1/jobs', 200],
  ['GET /v1/jobs', '/v1/jobs?limit=0', 400],
  ['GET /v1/jobs', '/v1/jobs?cursor=none', 400],
  ['GET /v1/jobs/{id}', '/v1/jobs/clip', 200],
  ['GET /v1/jobs/{id}', '/v1/jobs/none', 404],
  ['GET /v1/jobs/{id}', '/v1/jobs/..%2f..%2fetc%2fpasswd', 400],
  ['POST /v1/jobs', '/v1/jobs', 400, post('{"path":"a"}')],
  ['POST /v1/jobs', '/v1/jobs?plugin=none', 400, post('{"path":"a"}')],
  ['POST /v1/jobs', '/v1/jobs?plugin=yolo', 400, post('{"path":"a"}')],
  ['POST /v1/jobs', '/v1/jobs?plugin=ocr', 403, post('{"path":"/etc/passwd"}')],
  ['POST /v1/jobs', '/v1/jobs?plugin=ocr', 415, post('a', 'text/plain')],
  ['POST /v1/jobs', '/v1/jobs?plugin=ocr', 415, post('a', '')],
  ['POST /v1/jobs', '/v1/jobs?plugin=ocr', 400, post('--b--', 'multipart/form-data; boundary=b')],
  ['POST /v1/jobs', '/v1/jobs?plugin=ocr', 202, post('{"path":"samples/football.mp4"}')],
  ['POST /v1/jobs', '/v1/jobs?plugin=ocr', 429, post('{"path":"samples/football.mp4"}')],
  ['DELETE /v1/jobs/{id}', '/v1/jobs/clip', 404, removed],
  ['GET /v1/jobs/{id}/detections', '/v1/jobs/clip/detections', 200],
  ['GET /v1/jobs/{id}/detections', '/v1/jobs/clip/detections?frame=-1', 400],
  ['GET /v1/jobs/{id}/detections', '/v1/jobs/none/detections', 404],
  ['GET /v1/jobs/{id}/frames/{name}', '/v1/jobs/clip/frames/1.png', 200],
  ['GET /v1/jobs/{id}/frames/{name}', '/v1/jobs/clip/frames/one.png', 400],
  ['GET /v1/jobs/{id}/frames/{name}', '/v1/jobs/silent/frames/1.png', 404],
  ['GET /v1/jobs/{id}/frames/{name}', '/v1/jobs/secret/frames/1.png', 403],
  ['GET /v1/jobs/{id}/input', '/v1/jobs/clip/input', 200],
  ['GET /v1/jobs/{id}/input', '/v1/jobs/clip/input', 206, range('0-99')],
  ['GET /v1/jobs/{id}/input', '/v1/jobs/clip/input', 416, range('999999999-')],
  ['GET /v1/jobs/{id}/input', '/v1/jobs/secret/input', 403],
  ['GET /v1/jobs/{id}/video', '/v1/jobs/clip/video', 206, range('-100')],
  ['GET /v1/jobs/{id}/video', '/v1/jobs/silent/video', 404],
  ['GET /v1/plugins', '/v1/plugins', 200],
  ['GET /v1/plugins', '/v1/plugins?all=1', 400],
  ['GET /v1/devices', '/v1/devices', 200],
  ['GET /v1/views', '/v1/views', 200],
  ['GET /v1/limits', '/v1/limits', 200],
  ['POST /v1/query', '/v1/query', 200, post('{"sql":"select * from job_metrics"}')],
  ['POST /v1/query', '/v1/query', 200, post('{"sql":"select 1 as a","format":"csv"}')],
  ['POST /v1/query', '/v1/query', 400, post('{"sql":"drop table a"}')],
  ['POST /v1/query', '/v1/query', 400, post('{"sql":"selec"}')],
  ['POST /v1/events', '/v1/events', 202, post('{"event":"a.b","job_id":"sent"}\nno line\n', ndjson)],
  ['POST /v1/events', '/v1/events', 400, post('{}\n', ndjson, { 'idempotency-key': 'ä' })],
  ['POST /v1/events', '/v1/events', 413, post('x'.repeat(9 * 1024 * 1024), ndjson)],
  ['POST /v1/events', '/v1/events', 415, post('{}', 'text/plain')],
  ['GET /v1/stream', '/v1/stream?kinds=log', 200],
  ['GET /v1/stream', '/v1/stream?kinds=LOG', 400],
  ['GET /metrics', '/metrics', 200],
  ['GET /metrics/job', '/metrics/job', 200],
  ['GET /metrics/plugin', '/metrics/plugin', 200],
  ['GET /metrics/device', '/metrics/device', 200],
];

test('each answer is as the document says, and every route is asked', async () => {
  const server = await serving({}, warehouse());
  const document = (await server.json('/openapi.json')) as OpenApi;

  expect(await outcomes(server, document, cases)).toEqual(expected(cases));
  expect([...new Set(cases.map(([operation]) => operation))].sort()).toEqual(namesOf(document).sort());
});

const tokens = { read: 'a-token-that-reads', submit: 'a-token-that-submits', ingest: 'a-token-that-ingests' };
const lines = Object.entries(tokens).map(([scope, token]) => `${token} ${scope}`);

test('every route refuses whoever may not, in the shape that the document says', async () => {
  const path = join(tempFolder(), 'tokens');
  writeFileSync(path, lines.join('\n'), { mode: 0o600 });
  const server = await serving({ serve_token_file: path });
  const document = (await server.json('/openapi.json')) as OpenApi;
  const closed = operationsOf(document).filter(({ scope }) => scope !== 'public');
  const other = (scope: string) => (scope === 'read' ? tokens.ingest : tokens.read);
  const asked = closed.flatMap(({ name, scope }): readonly Case[] => [
    [name, pathOf(name), 401, { method: methodOf(name) }],
    [name, pathOf(name), 401, { method: methodOf(name), headers: { authorization: 'Bearer none-of-these-tokens' } }],
    [name, pathOf(name), 403, { method: methodOf(name), headers: { authorization: `Bearer ${other(scope)}` } }],
  ]);

  expect(await outcomes(server, document, asked)).toEqual(expected(asked));
});

test('every route tells whoever asks too often to wait, in the shape that the document says', async () => {
  const server = await serving({ serve_rate_max: 1 });
  const document = openApiOf(routes, '') as unknown as OpenApi;
  await server.ask('/healthz');
  const asked = namesOf(document).map((name): Case => [name, pathOf(name), 429, { method: methodOf(name) }]);

  expect(await outcomes(server, document, asked, { isTogether: true })).toEqual(expected(asked));
});

const namesOf = (document: OpenApi) => operationsOf(document).map(({ name }) => name);
const methodOf = (name: string) => name.split(' ')[0] ?? '';
const pathOf = (name: string) => (name.split(' ')[1] ?? '').replaceAll(/\{\w+\}/g, 'a');
