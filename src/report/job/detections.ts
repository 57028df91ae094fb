import type { Ask } from '../ask.ts';
import { heat } from '../draw/heat.ts';
import { histogram } from '../draw/histogram.ts';
import { bars } from '../draw/rows.ts';
import { lines } from '../draw/series.ts';
import { chart, type Section, table } from '../parts.ts';

export async function detectionsSection(ask: Ask): Promise<Section> {
  const labels = await ask('job/labels');
  const series = await ask('job/boxes_series');
  // A step of one frame has no mean.
  const names = series.rows.every(({ mean, most }) => mean === most) ? ['mean'] : ['mean', 'most'];
  const parts = [
    ...chart(
      'Boxes of a frame',
      series,
      () => lines(series.rows, names, { title: 'Boxes of a frame', xLabel: 'frame', yLabel: 'boxes' }),
      {
        isWide: true,
        ...(names.length > 1 && { legend: names }),
      },
    ),
    ...chart('Boxes by label', labels, (rows) =>
      bars(rows, { title: 'Boxes by label', label: 'label', value: 'boxes', kind: 'count' }),
    ),
    ...chart('Boxes by score', await ask('job/scores'), (rows) =>
      histogram(rows, { title: 'Boxes by score', xLabel: 'score', yLabel: 'boxes', xMax: 1 }),
    ),
    ...chart('Boxes by size', await ask('job/sizes'), (rows) =>
      heat(rows, {
        title: 'Boxes by size',
        xLabel: 'width, px',
        yLabel: 'height, px',
        columns: 40,
        rows: 25,
        isImage: false,
      }),
    ),
    ...chart('Where they stand in the frame', await ask('job/places'), (rows) =>
      heat(rows, {
        title: 'Where they stand in the frame',
        xLabel: 'px',
        yLabel: 'px from above',
        columns: 64,
        rows: 36,
        isImage: true,
      }),
    ),
    ...table('Labels', labels, {
      label: 'text',
      boxes: 'count',
      tracks: 'count',
      without_score: 'count',
      mean_score: 'score',
    }),
  ];
  return { id: 'detections', title: 'Detections', parts, empty: 'Nothing was found in any frame.' };
}

const corners = { x1: 'px', y1: 'px', x2: 'px', y2: 'px' } as const;

export async function qualitySection(ask: Ask): Promise<Section> {
  const issues = await ask('job/issues');
  const parts = [
    ...chart('Issues by kind', issues, (rows) =>
      bars(rows, { title: 'Issues by kind', label: 'code', value: 'issues', kind: 'count' }),
    ),
    ...table('The worst twenty frames', await ask('job/worst_frames'), {
      frame_index: 'text',
      issues: 'count',
      kinds: 'text',
    }),
    ...table('Issues', issues, {
      code: 'text',
      issues: 'count',
      frames: 'count',
      first_frame: 'count',
      the_first_says: 'words',
    }),
    ...table('Boxes that cannot be: the first twenty', await ask('job/invalid_boxes'), {
      frame_index: 'text',
      label: 'text',
      problem: 'text',
      ...corners,
      width: 'px',
      height: 'px',
    }),
    ...table('Boxes without a score: the first twenty', await ask('job/missing_scores'), {
      frame_index: 'text',
      label: 'text',
      ...corners,
      track_id: 'count',
    }),
    ...table('The worst frame: its raw output against its detections', await ask('job/diffs'), {
      frame_index: 'text',
      path: 'text',
      field: 'text',
      raw: 'words',
      canonical: 'words',
      why: 'words',
    }),
  ];
  return {
    id: 'quality',
    title: 'Data quality',
    parts,
    empty: 'No output had an issue, every box can be and has a score.',
  };
}
