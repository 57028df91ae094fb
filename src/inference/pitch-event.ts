import { z } from 'zod';
import type { FieldsOf } from '../events/index.ts';
import type { Homography, PitchFit } from './pitch/index.ts';

type PitchFields = Omit<FieldsOf<'frame.pitch'>, 'plugin' | 'tool' | 'frame_index'>;

/** How the pitch lies in a frame, as its event says it. */
export function pitchFields(fit: PitchFit): PitchFields {
  const known = {
    accepted: fit.accepted,
    pitch_length_m: fit.pitch.lengthM,
    pitch_width_m: fit.pitch.widthM,
    keypoints_count: fit.keyPoints.length,
    inliers_count: fit.inlierCount,
  };
  if (!fit.accepted) return { ...known, reason: fit.reason };
  const { homography, residualM, residualPx } = fit;
  return {
    ...known,
    homography: shortened(homography),
    residual_m: rounded(residualM, 4),
    residual_px: rounded(residualPx, 3),
  };
}

const sizeM = z.number().min(10).max(300);

const seenSchema = z.object({
  accepted: z.literal(true),
  pitch_length_m: sizeM,
  pitch_width_m: sizeM,
  homography: z.array(z.number()).length(9),
});

/**
 * How the pitch lies in a frame by what its event says, as far as it can be drawn from that. Undefined where the event says
 * that it is not known, or nothing that could be drawn: anybody may have written it.
 */
export function pitchOf(fields: unknown): PitchFit | undefined {
  const { data } = seenSchema.safeParse(fields);
  if (data === undefined) return undefined;
  return {
    accepted: true,
    pitch: { lengthM: data.pitch_length_m, widthM: data.pitch_width_m },
    keyPoints: [],
    inlierCount: 0,
    homography: data.homography as unknown as Homography,
    residualM: 0,
    residualPx: 0,
  };
}

/** Ten digits put a px where it was within a hundred-thousandth; the others would be noise in the log. */
const digits = 10;
const shortened = (homography: Homography): number[] => homography.map((value) => Number(value.toPrecision(digits)));

const rounded = (value: number, decimals: number): number => Number(value.toFixed(decimals));
