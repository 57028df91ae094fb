export { makePitchFinder, type PitchFinder } from './finder.ts';
export { fitPitch, type KeyPoint, type PitchFit } from './fit.ts';
export { type Homography, project, unproject } from './homography.ts';
export { type Landmark, type PitchLine, type PitchSize, pitchLandmarks, pitchLines, pointsAlong } from './layout.ts';
export type { LineMap } from './line-map.ts';
export { pitchFields, pitchOf } from './pitch-fields.ts';
