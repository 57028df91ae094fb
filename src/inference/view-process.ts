/** Started by view.ts: opens pictures and videos, and draws a frame of one. */
import { once } from 'node:events';
import sharp from 'sharp';
import { messageOf, SiltstoneError } from '../errors.ts';
import { type Media, openMedia, type Pixels } from './media/index.ts';
import { layersOf } from './overlay/layers.ts';
import type { ViewAnswer, ViewRequest } from './view.ts';

const threads = 1;
const jpegQuality = 90;
const pngLevel = 2;

await main();

async function main(): Promise<void> {
  const ended = once(process, 'disconnect').then(() => process.exit());
  const [request] = (await once(process, 'message')) as [ViewRequest];
  try {
    await say(request.type === 'look' ? await look(request) : await draw(request));
  } catch (error) {
    const code = error instanceof SiltstoneError ? error.code : 'media_unreadable';
    await say({ type: 'failed', code, message: messageOf(error) });
  }
  await ended;
}

type Request<T extends ViewRequest['type']> = Extract<ViewRequest, { readonly type: T }>;

async function look({ paths, pixelsMax }: Request<'look'>): Promise<ViewAnswer> {
  for (const path of paths) {
    const media = await openMedia(path, threads);
    refuseLarge(media, { path, pixelsMax });
    // Of many pictures the job finds out itself: to decode them all would take as long as to run them.
    if (paths.length === 1) await decodeFirst(media);
    await media.close();
  }
  return { type: 'looked' };
}

/** A head may promise what the rest does not hold. */
async function decodeFirst({ frames }: Media): Promise<void> {
  for await (const _ of frames) return;
}

async function draw({ path, frame, format, layers, boxes, pitch, pixelsMax }: Request<'draw'>): Promise<ViewAnswer> {
  const media = await openMedia(path, threads);
  refuseLarge(media, { path, pixelsMax });
  const found = new Map(boxes);
  // The canvas is loaded only where it is needed.
  const { makeOverlay } = await import('./overlay/draw.ts');
  const overlay = makeOverlay({ layers: layersOf([], layers) });
  const first = Math.min(frame, ...found.keys());
  let frameCount = 0;
  for await (const picture of media.frames) {
    frameCount += 1;
    refuseLarge(picture, { path, pixelsMax });
    if (picture.index < first) continue;
    if (picture.index < frame) overlay.pass(picture, found.get(picture.index) ?? []);
    else return { type: 'drawn', picture: await encode(overlay.draw(picture, found.get(frame) ?? [], pitch), format) };
  }
  throw new SiltstoneError('not_found', `there is no frame ${frame}: the input has ${frameCount}`);
}

interface Limit {
  readonly path: string;
  readonly pixelsMax: number;
}

function refuseLarge({ width, height }: Pick<Media, 'width' | 'height'>, { path, pixelsMax }: Limit): void {
  if (width * height <= pixelsMax) return;
  const message = `${path} has ${width} × ${height} px, more than ${pixelsMax} (serve_frame_pixels_max)`;
  throw new SiltstoneError('too_large', message);
}

async function encode({ width, height, rgba }: Pixels, format: 'png' | 'jpg'): Promise<Uint8Array> {
  const picture = sharp(rgba, { raw: { width, height, channels: 4 }, limitInputPixels: false }).removeAlpha();
  const encoded =
    format === 'jpg' ? picture.jpeg({ quality: jpegQuality }) : picture.png({ compressionLevel: pngLevel });
  return encoded.toBuffer();
}

/** Resolves when the message has left, or when nobody is left to take it. */
function say(message: ViewAnswer): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined || !process.connected) resolve();
    else process.send(message, () => resolve());
  });
}
