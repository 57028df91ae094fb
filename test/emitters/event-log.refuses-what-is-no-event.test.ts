import { expect, test } from 'vitest';
import { lineBytesMax } from '../../src/events/index.ts';
import { eventsOf, makeLog, tempWarehouse } from './warehouse.ts';

const now = () => Date.parse('2026-11-23T14:05:00.123Z');
const frame = { frame_index: 1, render_time_ms: 2, dropped_frames: 0, fps: 30, surface: 'server' };
const run = { plugin: 'p', tool: 't', duration_ms: 5, success: true };

/** Appends one event and gives what is in the stream behind its opening line. */
function written(event: string, fields: Readonly<Record<string, unknown>>) {
  const warehouse = tempWarehouse();
  const log = makeLog({ warehouse, now });
  const isTaken = log.appendUnknown(event, fields);
  log.close();
  return { isTaken, events: eventsOf(warehouse), counts: log.counts() };
}

test.each([
  { value: Number.NaN, kept: 'NaN' },
  { value: Number.POSITIVE_INFINITY, kept: 'Infinity' },
  { value: Number.NEGATIVE_INFINITY, kept: '-Infinity' },
  { value: '5 ms', kept: '5 ms' },
  { value: true, kept: true },
  { value: { ms: 5 }, kept: { ms: 5 } },
  { value: () => 5, kept: '[function]' },
  { value: Symbol('5'), kept: '[symbol]' },
])('what an optional number cannot be is left out of it and kept in attrs: $value', ({ value, kept }) => {
  const { events } = written('plugin.run', { ...run, inference_ms: value });

  expect(events).toMatchObject([{ attrs: { left_out: { inference_ms: kept } } }]);
  expect(events[0]).not.toHaveProperty('inference_ms');
});

test.each([Number.NaN, undefined, null, '30', () => 30])('what a required number cannot be is refused: %s', (fps) => {
  const { isTaken, events, counts } = written('overlay.frame', { ...frame, fps });

  expect(isTaken).toBe(false);
  expect(counts).toMatchObject({ refused: 1, appended: 2, written: 2 });
  expect(events).toMatchObject([{ event: 'log', logger: 'siltstone.emitter', attrs: { events_lost: 1 } }]);
});

test('the stream says what was refused last, and how many there were', () => {
  const { events } = written('overlay.frame', { ...frame, fps: Number.NaN });

  expect(events).toEqual([
    {
      ...{ event: 'log', job_id: 'j1', seq: 1, ts: '2026-11-23T14:05:00.123Z', level: 'error' },
      message: '1 events were lost: overlay.frame: fps cannot be "NaN"',
      logger: 'siltstone.emitter',
      attrs: { events_lost: 1 },
    },
  ]);
});

test.each([
  ['', {}],
  ['Log', { level: 'info', message: 'm' }],
  ['a"b', {}],
  ['a\nb', {}],
  ['log', { level: 'loud', message: 'm' }],
  ['job.status', { plugin: 'p', device: 'cpu', status: 'lost' }],
  ['plugin.run', { ...run, success: 1 }],
  ['detection', {}],
])('an event that the contract does not allow is refused: %s %o', (event, fields) => {
  expect(written(event, fields)).toMatchObject({ isTaken: false, counts: { refused: 1 } });
});

test.each([0.5, 2 ** 53, '7'])('an integer takes no %s', (frameIndex) => {
  expect(written('overlay.frame', { ...frame, frame_index: frameIndex })).toMatchObject({ isTaken: false });
});

test('a bigint is a number where it fits, and digits in attrs', () => {
  const { events } = written('overlay.frame', { ...frame, frame_index: 7n, note: 2n ** 64n });

  expect(events).toMatchObject([{ frame_index: 7, attrs: { note: '18446744073709551616' } }]);
});

test('minus zero is zero', () => {
  expect(Object.is(written('overlay.frame', { ...frame, fps: -0 }).events[0]?.fps, 0)).toBe(true);
});

test('null and undefined are absent', () => {
  const { events } = written('plugin.run', { ...run, provider: null, error_message: undefined, extra: undefined });

  expect(Object.keys(events[0] ?? {})).toEqual(['event', 'job_id', 'seq', 'ts', ...Object.keys(run)]);
});

test.each(['yesterday', '2026-01-02', '2026-13-02T03:04:05Z', '1999-12-31T23:59:59Z', 12, new Date(Number.NaN)])(
  'a time that is none is kept in attrs, and the event happened now: %s',
  (ts) => {
    const { events } = written('overlay.frame', { ...frame, ts });

    expect(events).toMatchObject([{ ts: '2026-11-23T14:05:00.123Z' }]);
    expect(events[0]?.attrs).toEqual({ left_out: { ts: JSON.parse(JSON.stringify(ts)) } });
  },
);

test('unknown fields go into attrs and win there; what they push aside moves down', () => {
  const { events } = written('overlay.frame', { ...frame, speed: 2, attrs: { speed: 1, attrs: 'x', night: true } });

  expect(events).toMatchObject([{ attrs: { speed: 2, night: true, attrs: { speed: 1, attrs: 'x' } } }]);
});

test('a field of the envelope that the log writes itself goes into attrs', () => {
  const { events } = written('overlay.frame', { ...frame, job_id: 'other', seq: 99 });

  expect(events).toMatchObject([{ job_id: 'j1', seq: 1, attrs: { job_id: 'other', seq: 99 } }]);
});

test('an unknown field named left_out does not hide what was left out', () => {
  const { events } = written('plugin.run', { ...run, left_out: 1, inference_ms: Number.NaN });

  expect(events).toMatchObject([{ attrs: { left_out: { left_out: 1, inference_ms: 'NaN' } } }]);
});

test.each([{ attrs: [1] }, { attrs: 'text' }, { attrs: new Date(0) }])(
  'attrs that is no object is kept: %o',
  (given) => {
    const { events } = written('overlay.frame', { ...frame, ...given });

    expect(events).toMatchObject([{ attrs: { left_out: JSON.parse(JSON.stringify(given)) } }]);
  },
);

test('lone surrogates become U+FFFD wherever they stand', () => {
  const { events } = written('log', {
    level: 'info',
    message: 'a\ud800',
    logger: 'b"\udfff',
    attrs: { '\ud800\\': '\ud800' },
  });

  expect(events).toMatchObject([{ message: 'a\ufffd', logger: 'b"\ufffd', attrs: { '\ufffd\\': '\ufffd' } }]);
});

test('a text that only looks like an escaped surrogate stays as it is', () => {
  const { events } = written('log', { level: 'info', message: '"\\ud800', attrs: { a: '\\\\ud800 \\ud800' } });

  expect(events).toMatchObject([{ message: '"\\ud800', attrs: { a: '\\\\ud800 \\ud800' } }]);
});

test('what JSON cannot say in attrs is said in words', () => {
  const loop: Record<string, unknown> = { n: 1n, when: new Date(0), list: [undefined, Number.NaN] };
  loop.self = loop;
  loop.broken = {
    toJSON: () => {
      throw new Error('no');
    },
  };
  Object.defineProperty(loop, 'secret', {
    enumerable: true,
    get: () => {
      throw new Error('no');
    },
  });

  expect(written('overlay.frame', { ...frame, attrs: loop }).events).toMatchObject([
    {
      attrs: {
        ...{ n: '1', when: '1970-01-01T00:00:00.000Z', list: [null, null] },
        ...{ self: '[circular]', broken: '[unreadable]', secret: '[unreadable]' },
      },
    },
  ]);
});

test('a value nested without end is cut', () => {
  const deep = Array.from({ length: 50_000 }).reduce<unknown>((inner) => ({ inner }), 'end');

  expect(written('overlay.frame', { ...frame, attrs: { deep } }).isTaken).toBe(true);
});

test('fields that cannot be read at all are refused', () => {
  const hostile = new Proxy(
    {},
    {
      get: () => {
        throw Object.create(null);
      },
    },
  );

  expect(written('overlay.frame', hostile)).toMatchObject({ isTaken: false, counts: { refused: 1 } });
});

test.each([
  { what: 'of the longest length is written', tooManyBytes: 0, refused: 0 },
  { what: 'one byte longer is refused', tooManyBytes: 1, refused: 1 },
])('a line $what', ({ tooManyBytes, refused }) => {
  const empty = '{"event":"log","job_id":"j1","seq":1,"ts":"2026-11-23T14:05:00.123Z","level":"info","message":""}\n';
  const message = 'é'.repeat(1000) + 'e'.repeat(lineBytesMax - empty.length - 2000 + tooManyBytes);

  expect(written('log', { level: 'info', message }).counts.refused).toBe(refused);
});
