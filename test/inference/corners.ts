import type { Media, Pixels } from '../../src/inference/media/index.ts';

/** Top left, top right, bottom left, bottom right of an upright picture. */
const colours = { TL: [255, 0, 0], TR: [0, 255, 0], BL: [0, 0, 255], BR: [255, 255, 255] } as const;

type Corner = keyof typeof colours;

/**
 * How a camera stores an upright picture of 48 × 32 px, by EXIF orientation: what the file has at its top left, top right,
 * bottom left and bottom right, and the a b c d of the display matrix that says the same in a video. Written down from the
 * standard's table of where row 0 and column 0 lie, not from any program.
 */
export const orientations = [
  { exif: 1, stored: ['TL', 'TR', 'BL', 'BR'], matrix: [1, 0, 0, 1] },
  { exif: 2, stored: ['TR', 'TL', 'BR', 'BL'], matrix: [-1, 0, 0, 1] },
  { exif: 3, stored: ['BR', 'BL', 'TR', 'TL'], matrix: [-1, 0, 0, -1] },
  { exif: 4, stored: ['BL', 'BR', 'TL', 'TR'], matrix: [1, 0, 0, -1] },
  { exif: 5, stored: ['TL', 'BL', 'TR', 'BR'], matrix: [0, 1, 1, 0] },
  { exif: 6, stored: ['TR', 'BR', 'TL', 'BL'], matrix: [0, 1, -1, 0] },
  { exif: 7, stored: ['BR', 'TR', 'BL', 'TL'], matrix: [0, -1, -1, 0] },
  { exif: 8, stored: ['BL', 'TL', 'BR', 'TR'], matrix: [0, -1, 1, 0] },
] as const satisfies readonly { exif: number; stored: readonly Corner[]; matrix: readonly number[] }[];

export type Orientation = (typeof orientations)[number];

/** The upright picture as it is stored: 48 × 32 px, or 32 × 48 where it lies on its side. */
export function storedPixels({ exif, stored }: Orientation): Pixels {
  const [width, height] = exif < 5 ? [48, 32] : [32, 48];
  const rgba = new Uint8Array(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    const isRight = i % width >= width / 2;
    const isBelow = i >= (width * height) / 2;
    const corner = stored[(isBelow ? 2 : 0) + (isRight ? 1 : 0)] ?? 'TL';
    rgba.set([...colours[corner], 255], i * 4);
  }
  return { width, height, rgba };
}

/** What stands in each corner of a frame, 6 px from its sides: the name of a colour, or the colour. */
export function cornersOf({ width, height, rgba }: Pixels): readonly string[] {
  const places = [6, width - 7].flatMap((x) => [6, height - 7].map((y) => [x, y] as const));
  return places.map(([x, y]) => nameOf([...rgba.subarray((y * width + x) * 4).subarray(0, 3)]));
}

/** In the order of `cornersOf`. */
export const upright = ['TL', 'BL', 'TR', 'BR'];

/** Codecs and JPEG change each channel a little. */
function nameOf(colour: readonly number[]): string {
  const near = Object.entries(colours).find(([, known]) =>
    known.every((value, i) => Math.abs(value - (colour[i] ?? 0)) < 30),
  );
  return near?.[0] ?? colour.join(',');
}

export async function readFrames(media: Media) {
  const frames = [];
  try {
    for await (const frame of media.frames) frames.push({ ...frame, rgba: Uint8Array.from(frame.rgba) });
  } finally {
    await media.close();
  }
  return frames;
}

/**
 * An MP4 whose track is to be turned: writes a b c d into the display matrix of its `tkhd`. Format: ISO/IEC 14496-12, 8.3.2.
 */
export function withMatrix(mp4: Buffer, [a, b, c, d]: Orientation['matrix']): Buffer {
  const matrixAt = mp4.indexOf('tkhd') + 4 + 40;
  const one = 0x10000;
  const places = [
    [0, a],
    [4, b],
    [12, c],
    [16, d],
  ] as const;
  for (const [at, value] of places) mp4.writeInt32BE(value * one, matrixAt + at);
  return mp4;
}
