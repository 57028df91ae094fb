/** An opaque picture in sRGB, upright. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** width × height × 4 bytes, row by row. Those of an input are never overwritten by a later frame. */
  readonly rgba: Uint8Array;
}

/** One picture of the input. */
export interface Frame extends Pixels {
  /** From 0. */
  readonly index: number;
  /** When it is shown, from the start of the input. */
  readonly timeMs: number;
}

/** An opened input. */
export interface Media {
  /** Size of the first frame. Frames of a video all have it; pictures of a folder have their own. */
  readonly width: number;
  readonly height: number;
  /** As the container says; absent where it does not. */
  readonly frameCount?: number;
  /** On average, as the container says; absent where it does not. */
  readonly framesPerSecond?: number;
  /** What somebody should know who reads it, one sentence each: what was left out, and why. */
  readonly notes: readonly string[];
  /** Can be read once. */
  readonly frames: AsyncIterable<Frame>;
  close(): Promise<void>;
}

/** A larger picture is refused: its pixels alone would take more than a gigabyte. */
export const framePixelsMax = 256 * 1024 * 1024;

/** @throws Error */
export function refuseTooLarge(width: number, height: number): void {
  if (width * height > framePixelsMax) throw new Error(`it has ${width} × ${height} px, too many to read`);
}
