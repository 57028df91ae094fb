import { expect, onTestFinished, test, vi } from 'vitest';
import { checkEvent } from '../../src/index.ts';
import { makeEventReport } from '../../web/src/places/player/event-report.ts';

const frame = (frame_index: number) => ({
  frame_index,
  render_time_ms: 1.5,
  dropped_frames: 0,
  fps: 25,
  width: 1280,
  height: 720,
});

function reporting(answers: readonly boolean[]) {
  const sent: string[] = [];
  const left = [...answers];
  const report = makeEventReport(async (lines) => {
    sent.push(lines);
    return left.shift() ?? true;
  });
  onTestFinished(() => report.close());
  return { report, sent };
}

test('what is sent is an event as the contract has it', () => {
  const { report, sent } = reporting([]);
  report.add(frame(7));
  report.flush();

  expect(checkEvent({ job_id: 'a', seq: 0, ...JSON.parse(sent[0] ?? '') })).toMatchObject({ ok: true });
  expect(JSON.parse(sent[0] ?? '')).toMatchObject({ event: 'overlay.frame', surface: 'browser', frame_index: 7 });
});

test('what the server did not take is sent again, in its order', async () => {
  const { report, sent } = reporting([false]);
  report.add(frame(1));
  report.flush();
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  report.add(frame(2));
  await new Promise(setImmediate);
  report.flush();

  expect(sent[1]?.split('\n').map((line) => JSON.parse(line).frame_index)).toEqual([1, 2]);
});

test('a page that goes away sends what waits', () => {
  const { report, sent } = reporting([]);
  report.add(frame(1));
  report.close();

  expect(sent).toHaveLength(1);
});
