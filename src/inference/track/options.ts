import { z } from 'zod';

const share = z.number().min(0).max(1);
const frames = z.int().min(1).max(10_000);
const cost = z.number().min(0).max(2);

/** What a manifest may say of how its boxes are followed. */
export const trackerOptions = z.strictObject({
  score_high: share
    .default(0.25)
    .describe('boxes of at least this score, and those without one, are given to tracks first, and may begin one'),
  score_low: share
    .default(0.1)
    .describe('boxes from here to score_high only go on with a track that was left over; lower ones have no track'),
  hits_min: frames
    .default(2)
    .describe('a track gets its id when it is seen for so many frames in a row; in the first frame at once'),
  missed_max: frames.default(30).describe('frames for which a track is waited for where it is not seen'),
  cost_max: cost
    .default(0.85)
    .describe('at this cost a box begins a track of its own: 1 − IoU, or the distance of the centres in heights × 1.2'),
  cost_max_low: cost.default(0.5).describe('the same of boxes below score_high'),
  label_cost: cost.default(0.4).describe('added where the label is another than the track has mostly had'),
});

export type TrackerOptions = z.infer<typeof trackerOptions>;

export const trackerDefaults: TrackerOptions = trackerOptions.parse({});
