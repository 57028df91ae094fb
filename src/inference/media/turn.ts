import type { Pixels } from './frame.ts';

/**
 * How stored pixels become upright: first mirrored left to right, then turned clockwise. A camera that is held on its
 * side stores what it sees, and this beside it.
 */
export interface Turn {
  readonly quarters: 0 | 1 | 2 | 3;
  readonly isMirrored: boolean;
}

/**
 * Of a display matrix: nine numbers of 32 bits, a b u c d v x y w, which take a stored point (p, q) to
 * (a·p + c·q, b·p + d·q). Source: ISO/IEC 14496-12, 6.2.2. Angles between the quarters are rounded.
 */
export function turnOfMatrix(matrix: Buffer): Turn {
  const [a = 0, b = 0, c = 0, d = 0] = [0, 1, 3, 4].map((i) => matrix.readInt32LE(i * 4));
  const isMirrored = a * d - b * c < 0;
  // A mirrored picture has its left edge where the right one would be.
  const sign = isMirrored ? -1 : 1;
  const quarters = Math.round(Math.atan2(sign * b, sign * a) / (Math.PI / 2));
  return { quarters: ((quarters + 4) % 4) as Turn['quarters'], isMirrored };
}

/** Size of what `upright` gives. */
export function turnedSize(width: number, height: number, { quarters }: Turn): Omit<Pixels, 'rgba'> {
  return quarters % 2 === 0 ? { width, height } : { width: height, height: width };
}

/** The pixels turned, as a copy; those that stand upright already are given as they are. */
export function upright(pixels: Pixels, turn: Turn): Pixels {
  if (turn.quarters === 0 && !turn.isMirrored) return pixels;
  const { width, height } = pixels;
  const size = turnedSize(width, height, turn);
  const source = wordsOf(pixels.rgba);
  const target = new Uint32Array(source.length);
  const { start, stepX, stepY } = placeOf(width, height, turn);
  for (let y = 0; y < height; y++) {
    let to = start + y * stepY;
    for (let from = y * width; from < (y + 1) * width; from++, to += stepX) target[to] = source[from] ?? 0;
  }
  return { ...size, rgba: new Uint8Array(target.buffer) };
}

/** Where in the target the first source pixel lies, and how far a step right and a step down in the source go there. */
function placeOf(width: number, height: number, { quarters, isMirrored }: Turn) {
  const places = [
    { start: 0, stepX: 1, stepY: width },
    { start: height - 1, stepX: height, stepY: -1 },
    { start: width * height - 1, stepX: -1, stepY: -width },
    { start: (width - 1) * height, stepX: -height, stepY: 1 },
  ] as const;
  const { start, stepX, stepY } = places[quarters];
  return isMirrored ? { start: start + (width - 1) * stepX, stepX: -stepX, stepY } : { start, stepX, stepY };
}

/** The same bytes, one number a pixel; copied only where they do not lie at a multiple of four. */
function wordsOf(rgba: Uint8Array): Uint32Array {
  const { buffer, byteOffset, length } = byteOffsetIsWhole(rgba) ? rgba : rgba.slice();
  return new Uint32Array(buffer, byteOffset, length / 4);
}

const byteOffsetIsWhole = ({ byteOffset }: Uint8Array): boolean => byteOffset % 4 === 0;
