import fc from 'fast-check';
import { type KeyPoint, type PitchSize, pitchLandmarks } from '../../src/inference/pitch/index.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

interface CameraModule {
  makeCamera(view: {
    readonly at: readonly number[];
    readonly towards: readonly number[];
    readonly focalPx: number;
    readonly width: number;
    readonly height: number;
  }): (point: readonly [number, number, number]) => Point & { readonly pxPerMetre: number };
}

const { makeCamera } = (await import(new URL('../../samples/camera.mjs', import.meta.url).href)) as CameraModule;

export const frame = { width: 1280, height: 720 };
export const lawPitch: PitchSize = { lengthM: 105, widthM: 68 };

/** Where a camera on a stand sees a place of the ground, px. */
export type View = (ground: Point) => Point;

/** What is behind the camera has no size. */
export type SizedView = (ground: Point) => Point & { readonly pxPerMetre: number };

export function viewFrom(at: readonly number[], towards: readonly number[], focalPx: number): SizedView {
  const camera = makeCamera({ at, towards, focalPx, ...frame });
  return ({ x, y }) => camera([x, y, 0]);
}

const within = (min: number, max: number) => fc.double({ min, max, noNaN: true });

/** Cameras on the near stand that look at some part of the pitch. */
export const views: fc.Arbitrary<SizedView> = fc
  .record({
    x: within(15, 90),
    away: within(12, 45),
    height: within(12, 30),
    lookX: within(15, 90),
    lookY: within(20, 45),
    focal: within(900, 1800),
  })
  .map(({ x, away, height, lookX, lookY, focal }) => viewFrom([x, -away, height], [lookX, lookY, 0], focal));

const isInFrame = ({ x, y }: Point): boolean => x >= 0 && y >= 0 && x < frame.width && y < frame.height;

/** The landmarks that are in the frame, as a perfect model would give them. */
export const keyPointsOf = (view: View, pitch = lawPitch): readonly KeyPoint[] =>
  pitchLandmarks(pitch)
    .map((landmark) => ({ name: landmark.name, score: 1, ...view(landmark) }))
    .filter(isInFrame);

/** Places on the pitch that are in the frame, metres. */
export const placesSeenBy = (view: View, pitch = lawPitch): readonly Point[] =>
  Array.from({ length: 15 * 10 }, (_, i) => ({
    x: ((i % 15) / 14) * pitch.lengthM,
    y: (Math.floor(i / 15) / 9) * pitch.widthM,
  })).filter((place) => isInFrame(view(place)));
