import { createCanvas, type Image, loadImage } from '@napi-rs/canvas';
import { messageOf, SiltstoneError } from '../../errors.ts';
import { type Frame, framePixelsMax, type Media } from './frame.ts';

/** First bytes of the picture formats that are read. */
const signatures = [
  [0x89, 0x50, 0x4e, 0x47],
  [0xff, 0xd8, 0xff],
];

/** Whether a file that starts with these bytes is a PNG or JPEG. */
export const isImage = (head: Uint8Array): boolean =>
  signatures.some((signature) => signature.every((byte, i) => head[i] === byte));

/**
 * A picture as media of one frame.
 * @throws SiltstoneError `media_unreadable`
 */
export async function openImage(path: string): Promise<Media> {
  const image = await decodeImage(path);
  const { width, height } = image;
  if (width * height > framePixelsMax) {
    throw new SiltstoneError('media_unreadable', `${path} has ${width} × ${height} px, too many to read`);
  }
  return { width, height, frameCount: 1, frames: frameOf(image), close: async () => {} };
}

async function decodeImage(path: string): Promise<Image> {
  try {
    return await loadImage(path);
  } catch (error) {
    throw new SiltstoneError('media_unreadable', `decode the picture ${path}: ${messageOf(error)}`, { cause: error });
  }
}

async function* frameOf(image: Image): AsyncGenerator<Frame> {
  const { width, height } = image;
  const context = createCanvas(width, height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  yield { index: 0, width, height, rgba: new Uint8Array(data.buffer), timeMs: 0 };
}
