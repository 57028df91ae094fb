import type { Size } from '../letterbox.ts';

/** How large things are drawn in a frame, px. */
export interface Sizes {
  readonly textPx: number;
  readonly linePx: number;
  /** The rim around lines that keeps them apart from what is behind them; on each side. */
  readonly haloPx: number;
  /** Between a box and its label. */
  readonly gapPx: number;
  readonly ballRadiusPx: number;
}

/** The shorter side of the frame for which the sizes below are. */
const referencePx = 720;
/** Smaller letters of this font cannot be read, however small the frame. */
const textPxMin = 11;
const linePxMin = 1.25;

/** Sizes grow with the frame, so that a picture looks the same however large it is; a small one keeps what can be read. */
export function sizesOf({ width, height }: Size): Sizes {
  const scale = Math.min(width, height) / referencePx;
  const linePx = Math.max(linePxMin, 2 * scale);
  return {
    textPx: Math.max(textPxMin, Math.round(13 * scale)),
    linePx,
    haloPx: linePx / 2,
    gapPx: Math.max(1, 2 * scale),
    ballRadiusPx: Math.max(4, 7 * scale),
  };
}
