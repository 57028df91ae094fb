import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { examples, type Kind, kinds } from '../../src/events/index.ts';
import { eventsOf, linesOf, makeLog, streamsOf, tempWarehouse } from './warehouse.ts';

const now = () => Date.parse('2026-11-23T14:05:00.123Z');
const frame = { frame_index: 16, render_time_ms: 7.91, dropped_frames: 0, fps: 29.7, surface: 'server' } as const;

test('a line is the event as the contract shows it, byte by byte', () => {
  const warehouse = tempWarehouse();
  const log = makeLog({ warehouse, now });

  log.append('overlay.frame', frame);
  log.close();

  const text = readFileSync(streamsOf(warehouse)[0] ?? '', 'utf8').split('\n')[1];
  expect(text).toBe(
    '{"event":"overlay.frame","job_id":"j1","seq":1,"ts":"2026-11-23T14:05:00.123Z",' +
      '"frame_index":16,"render_time_ms":7.91,"dropped_frames":0,"fps":29.7,"surface":"server"}',
  );
});

test('fields stand in the contract’s order, whatever order they come in, and attrs last', () => {
  const warehouse = tempWarehouse();
  const log = makeLog({ warehouse });

  log.append('log', { attrs: { a: 1 }, logger: 'l', request_id: 'r1', message: 'm', ts: new Date(), level: 'info' });
  log.close();

  const names = ['event', 'job_id', 'seq', 'ts', 'request_id', 'level', 'message', 'logger', 'attrs'];
  expect(eventsOf(warehouse).map(Object.keys)).toEqual([names]);
});

test('a stream is a new file of the job, named by a UUIDv7, and says first who writes it', () => {
  const warehouse = tempWarehouse();
  const log = makeLog({ warehouse, processName: 'worker' });
  log.close();

  const [path = ''] = streamsOf(warehouse);
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
  expect(basename(path)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\.ndjson$/);
  expect(linesOf(path)).toMatchObject([
    {
      ...{ event: 'stream.opened', job_id: 'j1', seq: 0 },
      ...{ host: hostname(), pid: process.pid, process: 'worker', sdk: 'siltstone', sdk_version: version },
    },
  ]);
});

test('two logs of one job are two streams', () => {
  const warehouse = tempWarehouse();

  makeLog({ warehouse }).close();
  makeLog({ warehouse }).close();

  expect(streamsOf(warehouse)).toHaveLength(2);
});

test.each(Object.keys(kinds) as Kind[])('the contract’s example of %s is written as it is', (kind) => {
  const warehouse = tempWarehouse();
  const log = makeLog({ warehouse });
  const { event, job_id: _, seq: __, ...fields } = examples[kind].line as Record<string, unknown>;

  log.appendUnknown(String(event), fields);
  log.close();

  expect(eventsOf(warehouse)).toEqual([{ event: kind, job_id: 'j1', seq: 1, ...fields }]);
});

test('a kind that the contract does not know keeps all its fields in attrs', () => {
  const warehouse = tempWarehouse();
  const log = makeLog({ warehouse, now });

  log.appendUnknown('camera.moved', { pan: 3.5, request_id: 'r1' });
  log.close();

  expect(eventsOf(warehouse)).toEqual([
    {
      ...{ event: 'camera.moved', job_id: 'j1', seq: 1, ts: '2026-11-23T14:05:00.123Z', request_id: 'r1' },
      attrs: { pan: 3.5 },
    },
  ]);
});

test.each([
  { ts: new Date('2026-01-02T03:04:05.006Z'), text: '2026-01-02T03:04:05.006Z' },
  { ts: '2026-01-02T03:04:05.006Z', text: '2026-01-02T03:04:05.006Z' },
  { ts: '2026-01-02T03:04:05.006789Z', text: '2026-01-02T03:04:05.006789Z' },
  { ts: '2026-01-02T03:04:05Z', text: '2026-01-02T03:04:05.000Z' },
  { ts: '2026-01-02T05:04:05.006+02:00', text: '2026-01-02T03:04:05.006Z' },
  { ts: null, text: '2026-11-23T14:05:00.123Z' },
])('a given time is written as UTC: $ts', ({ ts, text }) => {
  const warehouse = tempWarehouse();
  const log = makeLog({ warehouse, now });

  log.appendUnknown('log', { level: 'info', message: 'm', ts });
  log.close();

  expect(eventsOf(warehouse)).toMatchObject([{ ts: text }]);
  expect(eventsOf(warehouse)[0]).not.toHaveProperty('attrs');
});
