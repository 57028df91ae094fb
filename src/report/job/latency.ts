import type { Ask } from '../ask.ts';
import { histogram } from '../draw/histogram.ts';
import { stacked } from '../draw/series.ts';
import { chart, type Section, table } from '../parts.ts';

const stages = ['decode', 'preprocess', 'inference', 'postprocess', 'draw', 'encode'] as const;

export async function latencySection(ask: Ask): Promise<Section> {
  const title = 'Time of a frame by stage';
  const parts = [
    ...chart(
      title,
      await ask('job/stage_series'),
      (rows) => stacked(rows, stages, { title, xLabel: 'frame', yLabel: 'ms' }),
      {
        legend: stages,
        isWide: true,
        note: 'Stages of different frames run side by side: the sum is the work, not the wait.',
      },
    ),
    ...table('Percentiles', await ask('job/stages'), {
      stage: 'text',
      frames: 'count',
      first_ms: 'ms',
      p50_ms: 'ms',
      p90_ms: 'ms',
      p99_ms: 'ms',
      max_ms: 'ms',
    }),
    ...chart(
      'Runs by their time',
      await ask('job/run_histogram'),
      (rows) => histogram(rows, { title: 'Runs by their time', xLabel: 'ms', yLabel: 'runs', isWide: true }),
      { isWide: true },
    ),
  ];
  return { id: 'latency', title: 'Latency', parts, empty: 'No run succeeded.' };
}

export async function overlaySection(ask: Ask): Promise<Section> {
  const marks = [
    { at: 16.7, text: '60 fps' },
    { at: 33.3, text: '30 fps' },
  ];
  const parts = [
    ...table('What became of the frames', await ask('job/overlay'), {
      surface: 'text',
      drawn: 'count',
      skipped: 'count',
      throttled: 'count',
      dropped: 'count',
      p50_ms: 'ms',
      p90_ms: 'ms',
      p99_ms: 'ms',
      fps: 'number',
    }),
    ...chart(
      'Frames by the time to draw them',
      await ask('job/render_histogram'),
      (rows) =>
        histogram(rows, {
          title: 'Frames by the time to draw them',
          xLabel: 'ms',
          yLabel: 'frames',
          xMax: 40,
          marks,
          isWide: true,
        }),
      { isWide: true },
    ),
  ];
  return { id: 'overlay', title: 'Overlay', parts, empty: 'Nothing was drawn.' };
}
