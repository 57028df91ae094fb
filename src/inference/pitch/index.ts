/** Geometry alone, with nothing of Node or of a library in it: the web UI draws with it too. */
export { makePitchFinder, type PitchFinder } from './finder.ts';
export { fitPitch, type KeyPoint, type PitchFit } from './fit.ts';
export { type Homography, project, unproject } from './homography.ts';
export { type Landmark, type PitchLine, type PitchSize, pitchLandmarks, pitchLines, pointsAlong } from './layout.ts';
export type { LineMap } from './line-map.ts';
