import { expect, test } from 'vitest';
import { compacted, tempReader, tempWarehouse } from '../make/warehouse.ts';
import { places, writeRadar } from './radar.ts';

test('a box stands where its feet are, in metres of the pitch, in frames whose pitch is known and in no others', async () => {
  const warehouse = tempWarehouse();
  writeRadar(warehouse, 'job-1');
  const reader = await tempReader(warehouse);
  const ask = () => reader.rows('select frame_index, label, x_m, y_m, on_pitch from radar_positions order by seq');
  const hot = await ask();

  expect(hot).toEqual(
    places.map(({ label, x, y }) => ({ frame_index: 0, label, x_m: x, y_m: y, on_pitch: label !== 'black' })),
  );
  await compacted(warehouse);
  expect(await ask()).toEqual(hot);
});

test('each frame says whether its pitch is known, and why not', async () => {
  const warehouse = tempWarehouse();
  writeRadar(warehouse, 'job-1');
  const reader = await tempReader(warehouse);

  expect(
    await reader.rows(`select frame_index, accepted, reason, pitch_length_m as length, keypoints_count >= 5 as many
      from pitch_frames where seq < 19 order by seq`),
  ).toEqual([
    { frame_index: 0, accepted: true, reason: null, length: 105, many: true },
    {
      ...{ frame_index: 1, accepted: false, length: 105, many: false },
      reason: '0 of 0 points agree with one another, 5 are needed',
    },
    { frame_index: 2, accepted: true, reason: null, length: 105, many: true },
  ]);
});
