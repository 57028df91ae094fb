import type { FieldsOf } from '../../events/index.ts';
import type { PitchFit } from './fit.ts';
import type { Homography } from './homography.ts';

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

/** Ten digits put a px where it was within a hundred-thousandth; the others would be noise in the log. */
const digits = 10;
const shortened = (homography: Homography): number[] => homography.map((value) => Number(value.toPrecision(digits)));

const rounded = (value: number, decimals: number): number => Number(value.toFixed(decimals));
