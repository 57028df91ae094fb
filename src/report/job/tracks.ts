import type { Ask } from '../ask.ts';
import { heat } from '../draw/heat.ts';
import { histogram } from '../draw/histogram.ts';
import { lines } from '../draw/series.ts';
import { chart, type Section, table } from '../parts.ts';

export async function tracksSection(ask: Ask): Promise<Section> {
  const parts = [
    ...chart('Tracks by their length', await ask('job/tracks'), (rows) =>
      histogram(rows, { title: 'Tracks by their length', xLabel: 'frames', yLabel: 'tracks' }),
    ),
    ...chart(
      'Tracks that begin and end',
      await ask('job/births'),
      (rows) =>
        lines(rows, ['begins', 'ends'], {
          title: 'Tracks that begin and end',
          xLabel: 'frame',
          yLabel: 'tracks',
          isWide: false,
        }),
      { legend: ['begin', 'end'] },
    ),
    ...table('Into how many tracks things fell', await ask('job/fragmentation'), {
      label: 'text',
      tracks: 'count',
      at_once_max: 'count',
      tracks_per_thing: 'number',
      frames_median: 'number',
      frames_max: 'count',
      gaps: 'count',
      label_flips: 'count',
    }),
  ];
  return { id: 'tracks', title: 'Tracks', parts, empty: 'The tool followed nothing: its boxes have no track ids.' };
}

export async function pitchSection(ask: Ask): Promise<Section> {
  const parts = [
    ...table('In how many frames the pitch is known', await ask('job/pitch'), {
      pitch: 'text',
      frames: 'count',
      landmarks: 'number',
      residual_m: 'score',
    }),
    ...chart('Residual of the homography', await ask('job/pitch_series'), (rows) =>
      lines(rows, ['residual'], { title: 'Residual of the homography', xLabel: 'frame', yLabel: 'm', isWide: false }),
    ),
    ...chart('Where they stand on the pitch', await ask('job/radar'), (rows) =>
      heat(rows, {
        title: 'Where they stand on the pitch',
        xLabel: 'm',
        yLabel: 'm from the near touchline',
        columns: 52,
        rows: 34,
        isImage: false,
      }),
    ),
  ];
  return { id: 'pitch', title: 'Pitch', parts, empty: 'The tool did not look for a pitch.' };
}
