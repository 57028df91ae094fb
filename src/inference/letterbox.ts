import { createCanvas, ImageData } from '@napi-rs/canvas';
import type { Box } from './box.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** How a frame lies in the model's input: scaled alike along both axes and centred; the rest is grey. */
export interface Letterbox {
  readonly frame: Size;
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

const grey = '#727272';

export function letterboxOf(frame: Size, input: Size): Letterbox {
  const scale = Math.min(input.width / frame.width, input.height / frame.height);
  const left = (input.width - frame.width * scale) / 2;
  const top = (input.height - frame.height * scale) / 2;
  return { frame, scale, left, top };
}

/** A box in px of the model's input, in px of the frame. */
export function fromInput(box: Box, { scale, left, top }: Letterbox): Box {
  return {
    x1: (box.x1 - left) / scale,
    y1: (box.y1 - top) / scale,
    x2: (box.x2 - left) / scale,
    y2: (box.y2 - top) / scale,
  };
}

/** Gives RGBA of any size as RGBA of the model's input. A frame that fits is given as it is. */
export function makeFitter(frame: Size, input: Size): (rgba: Uint8Array) => Uint8Array {
  if (frame.width === input.width && frame.height === input.height) return (rgba) => rgba;
  const { scale, left, top } = letterboxOf(frame, input);
  const source = createCanvas(frame.width, frame.height);
  const target = createCanvas(input.width, input.height);
  const context = target.getContext('2d');
  return (rgba) => {
    source.getContext('2d').putImageData(imageOf(rgba, frame), 0, 0);
    context.fillStyle = grey;
    context.fillRect(0, 0, input.width, input.height);
    context.drawImage(source, left, top, frame.width * scale, frame.height * scale);
    return target.data();
  };
}

/** The same bytes as the canvas wants them, not copied. */
export function imageOf(rgba: Uint8Array, { width, height }: Size): ImageData {
  const clamped = new Uint8ClampedArray(rgba.buffer as ArrayBuffer, rgba.byteOffset, rgba.length);
  return new ImageData(clamped, width, height);
}
