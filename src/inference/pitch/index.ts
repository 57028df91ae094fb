export { fitPitch, type KeyPoint, type PitchFit } from './fit.ts';
export { type Homography, project, unproject } from './homography.ts';
export { type Landmark, type PitchLine, type PitchSize, pitchLandmarks, pitchLines, pointsAlong } from './layout.ts';
export { pitchFields } from './pitch-fields.ts';
