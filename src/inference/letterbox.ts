import { createCanvas, ImageData } from '@napi-rs/canvas';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** How a frame is brought to the model's input: with its shape kept and grey around it, or over the whole of it. */
export type Fit = 'letterbox' | 'stretch';

/** How a frame lies in the model's input: scaled, and `left` and `top` px from its corner. */
export interface Letterbox {
  readonly frame: Size;
  /** Along the x axis, and along both unless the frame is stretched. */
  readonly scale: number;
  readonly scaleY: number;
  readonly left: number;
  readonly top: number;
}

const grey = '#727272';

export function letterboxOf(frame: Size, input: Size, fit: Fit = 'letterbox'): Letterbox {
  const scaleX = input.width / frame.width;
  const scaleY = input.height / frame.height;
  if (fit === 'stretch') return { frame, scale: scaleX, scaleY, left: 0, top: 0 };
  const scale = Math.min(scaleX, scaleY);
  const left = (input.width - frame.width * scale) / 2;
  const top = (input.height - frame.height * scale) / 2;
  return { frame, scale, scaleY: scale, left, top };
}

/** Gives RGBA of any size as RGBA of the model's input. A frame that fits is given as it is. */
export function makeFitter(frame: Size, input: Size, fit: Fit = 'letterbox'): (rgba: Uint8Array) => Uint8Array {
  if (frame.width === input.width && frame.height === input.height) return (rgba) => rgba;
  const { scale, scaleY, left, top } = letterboxOf(frame, input, fit);
  const source = createCanvas(frame.width, frame.height);
  const target = createCanvas(input.width, input.height);
  const context = target.getContext('2d');
  const imageOf = makeImage(frame);
  return (rgba) => {
    source.getContext('2d').putImageData(imageOf(rgba), 0, 0);
    context.fillStyle = grey;
    context.fillRect(0, 0, input.width, input.height);
    context.drawImage(source, left, top, frame.width * scale, frame.height * scaleY);
    return target.data();
  };
}

/** What fits frames of any size, made anew only where a frame has another size than the one before. */
export function makeFitters(input: Size, fit: Fit): (frame: Size) => Fitter {
  let last: Fitter | undefined;
  return (frame) => {
    const known = last?.letterbox.frame;
    if (last !== undefined && known?.width === frame.width && known.height === frame.height) return last;
    const size = sizeOf(frame);
    last = { fit: makeFitter(size, input, fit), letterbox: letterboxOf(size, input, fit) };
    return last;
  };
}

interface Fitter {
  readonly fit: (rgba: Uint8Array) => Uint8Array;
  readonly letterbox: Letterbox;
}

/** Without the rest that a frame holds. */
export const sizeOf = ({ width, height }: Size): Size => ({ width, height });

/**
 * Gives frame after frame as the canvas wants it. Always in the same memory: a new image would be a copy too, and memory
 * that is touched for the first time costs ten times as much as the copy.
 */
export function makeImage({ width, height }: Size): (rgba: Uint8Array) => ImageData {
  const image = new ImageData(width, height);
  return (rgba) => {
    image.data.set(rgba);
    return image;
  };
}
