import { expect, test } from 'vitest';
import { compacted, tempReader, tempWarehouse } from '../make/warehouse.ts';
import { things, writeTracks } from './tracks.ts';

test('a track has its length, the frames in which it was seen, its gaps and the label it mostly had', async () => {
  const warehouse = tempWarehouse();
  writeTracks(warehouse, 'job-1', things);
  writeTracks(warehouse, 'job-2', [{ track_id: 1, label: 'ball', frames: [3] }]);
  const reader = await tempReader(warehouse);
  const ask = () => reader.rows('select * exclude (plugin, tool) from tracks order by job_id, track_id');
  const hot = await ask();

  expect(Object.keys(hot[0] ?? {})).toEqual([
    ...['job_id', 'track_id', 'label', 'first_frame', 'last_frame', 'frames', 'frames_seen', 'gaps', 'label_flips'],
    'mean_score',
  ]);
  expect(hot.map((row) => Object.values(row))).toEqual([
    ['job-1', 1, 'red', 0, 6, 7, 5, 1, 2, 0.6],
    ['job-1', 2, 'red', 8, 9, 2, 2, 0, 0, null],
    ['job-1', 3, 'red', 5, 7, 3, 3, 0, 0, 0.25],
    ['job-2', 1, 'ball', 3, 3, 1, 1, 0, 0, null],
  ]);
  await compacted(warehouse);
  expect(await ask()).toEqual(hot);
});

test('the tracks of a label are counted, and told by the most that were there at once', async () => {
  const warehouse = tempWarehouse();
  writeTracks(warehouse, 'job-1', things);
  const reader = await tempReader(warehouse);

  expect(await reader.rows('from track_fragmentation')).toEqual([
    {
      ...{ job_id: 'job-1', plugin: 'player-tracker', tool: 'track', label: 'red' },
      ...{ tracks: 3, at_once_max: 2, tracks_per_thing: 1.5, frames_median: 3, frames_max: 7 },
      ...{ frames_seen: 10, gaps: 1, label_flips: 2 },
    },
  ]);
});
