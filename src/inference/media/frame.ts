/** One picture of the input. */
export interface Frame {
  /** From 0. */
  readonly index: number;
  readonly width: number;
  readonly height: number;
  /** width × height × 4 bytes, row by row. */
  readonly rgba: Uint8Array;
  /** When it is shown, from the start of the input. */
  readonly timeMs: number;
}

/** An opened input. All its frames have the same size. */
export interface Media {
  readonly width: number;
  readonly height: number;
  /** As the container says; absent where it does not. */
  readonly frameCount?: number;
  /** Can be read once. */
  readonly frames: AsyncIterable<Frame>;
  close(): Promise<void>;
}

/** A larger picture is refused: its pixels alone would take more than a gigabyte. */
export const framePixelsMax = 256 * 1024 * 1024;
