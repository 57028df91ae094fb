import { describe, expect, test } from 'vitest';
import { type JobOptions, runJob } from '../../src/inference/index.ts';
import { readSettings } from '../../src/settings.ts';
import { clipPath } from './football.ts';
import { ofKind, readEvents } from './inbox.ts';
import { modulePlugin } from './module-plugin.ts';
import { tempDir } from './temp-dir.ts';

const box = { xmin: 10, ymin: 20, xmax: 30, ymax: 40 };
const same = [{ box, score: 0.5, label: 'person' }];
const more = [{ ...same[0], mask: 'p0' }];
const bad = [{ box, label: 'person' }];

/** A job of four frames: one is said whole by its detections, one says more, one has an issue, one is empty. */
async function eventsOf(given: object, options: Partial<JobOptions> = {}) {
  const warehouse = tempDir();
  const body = `return ${JSON.stringify([same, more, bad, []])}[frame];`;
  const pluginDirs = [modulePlugin(body, '', { dialect: 'hf-pipeline' })];
  const settings = readSettings({ warehouse, ...given }, {});
  const run = { plugin: 'made', pluginDirs, input: clipPath, framesMax: 4, jobId: 'j' };
  const result = await runJob({ warehouse, settings, ...run, ...options });
  return { result, events: readEvents(warehouse, 'j') };
}

describe('keep_raw', () => {
  test.each([
    ['always', [0, 1, 2, 3]],
    ['issues', [1, 2]],
    ['never', []],
  ])('%s keeps the raw outputs of these frames: %j', async (keep_raw, frames) => {
    const { events } = await eventsOf({ keep_raw });

    expect(ofKind(events, 'output.raw').map(({ frame_index }) => frame_index)).toEqual(frames);
    expect(ofKind(events, 'detection').map(({ frame_index }) => frame_index)).toEqual([0, 1, 2]);
    expect(ofKind(events, 'output.issue')).toMatchObject([{ frame_index: 2, code: 'missing_score' }]);
  });

  test('is issues unless anybody says so', () => {
    expect(readSettings({}, {}).keep_raw).toBe('issues');
  });
});

test('a raw output comes with what it takes to read it again', async () => {
  const warehouse = tempDir();
  const { jobId } = await runJob({ warehouse, plugin: 'player-tracker', input: clipPath, framesMax: 1 });
  const events = readEvents(warehouse, jobId);
  const running = ofKind(events, 'job.status').find(({ status }) => status === 'running');

  expect(running?.attrs).toEqual({
    labels: expect.arrayContaining(['red', 'ball']),
    tracks: true,
    single: ['ball'],
    tracker: expect.objectContaining({ score_high: 0.45 }),
  });
  expect(ofKind(events, 'output.raw')).toMatchObject([
    {
      dialect: 'xyxy-score-class',
      width: 1280,
      height: 720,
      attrs: {
        letterbox: { scale: expect.any(Number), left: expect.any(Number), top: expect.any(Number) },
        reads: { unit: 'px of the input', geometry: 'left, top, right, bottom' },
        labels_sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    },
  ]);
});

test('a detection tells what was written where it says it otherwise, and where', async () => {
  const warehouse = tempDir();
  const rows = [[10, 20, 30, 40, 0.5, 0]];
  const pluginDirs = [modulePlugin(`return ${JSON.stringify(rows)};`)];
  await runJob({ warehouse, plugin: 'made', pluginDirs, input: clipPath, framesMax: 1, jobId: 'j' });

  expect(ofKind(readEvents(warehouse, 'j'), 'detection').map(({ attrs }) => attrs)).toEqual([
    { raw: { at: '$[0]', label: 0 } },
  ]);
});

describe('a strict job', () => {
  test('ends as an error at the first issue, which it tells, and keeps all events', async () => {
    const { result, events } = await eventsOf({}, { strict: true });

    const message = 'frame 2: missing_score at $[0]: the box has no score';
    expect(result).toMatchObject({ status: 'error', error: { code: 'output_issues', message }, frameCount: 3 });
    expect(ofKind(events, 'job.status').at(-1)).toMatchObject({ status: 'error', error_message: message });
    expect(ofKind(events, 'plugin.run').map(({ success }) => success)).toEqual([true, true, true]);
    expect(ofKind(events, 'detection')).toHaveLength(3);
    expect(ofKind(events, 'output.issue')).toHaveLength(1);
    expect(ofKind(events, 'overlay.frame')).toHaveLength(3);
  });

  test('may be asked for by the setting', async () => {
    const { result } = await eventsOf({ strict: 'on' });

    expect(result.error?.code).toBe('output_issues');
  });

  test('without an issue is done', async () => {
    const { result } = await eventsOf({}, { strict: true, framesMax: 2 });

    expect(result.status).toBe('done');
  });
});
