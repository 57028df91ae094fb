import { type Canvas, createCanvas } from '@napi-rs/canvas';
import { makeImage } from '../letterbox.ts';
import type { Frame, Pixels } from '../media/index.ts';
import type { PitchFit } from '../pitch/index.ts';
import type { DrawnBox } from './boxes.ts';
import { overlayFont } from './font.ts';
import { type Layer, layerNames } from './layers.ts';
import { makeLayout } from './layout.ts';
import { drawShapes, type PenTools } from './pen.ts';
import type { Backdrop } from './shapes.ts';

export interface OverlayOptions {
  /** By default all. */
  readonly layers?: readonly Layer[];
  /** How many frames a track’s trail lasts; 0 for none. */
  readonly trailFrames?: number;
}

type NumberedPixels = Pixels & Pick<Frame, 'index'>;

/** Overlays of the frames of one input, in their order. */
export interface Overlay {
  /** Of a frame that is not drawn: trails go on. */
  pass(frame: NumberedPixels, boxes: readonly DrawnBox[]): void;
  /** @returns the frame with what was found in it. Valid until the next call. */
  draw(frame: NumberedPixels, boxes: readonly DrawnBox[], pitch?: PitchFit): Pixels;
}

const usualTrailFrames = 25;

/**
 * One canvas for all frames of a job; a frame of another size resizes it.
 * @throws SiltstoneError `job_failed` where labels could not be seen
 */
export function makeOverlay({ layers = layerNames, trailFrames = usualTrailFrames }: OverlayOptions = {}): Overlay {
  const canvas = createCanvas(1, 1);
  const context = canvas.getContext('2d');
  let imageOf = makeImage(canvas);
  const tools = penTools();
  const layout = makeLayout({ layers, trailFrames, measure: makeMeasure() });
  return {
    pass: ({ index }, boxes) => layout.see(index, boxes),
    draw(frame, boxes, pitch) {
      const { width, height, rgba, index } = frame;
      if (canvas.width !== width || canvas.height !== height) {
        imageOf = makeImage(Object.assign(canvas, { width, height }));
      }
      context.putImageData(imageOf(rgba), 0, 0);
      layout.see(index, boxes);
      drawShapes(context, layout.draw({ frame: { width, height }, boxes, pitch }), tools);
      // The canvas only records what is drawn until its pixels are asked for: without this, no time is taken here.
      return { width, height, rgba: canvas.data() };
    },
  };
}

/** Labels, mostly: a job whose words are ever others keeps no more than so many. */
const backdropsMax = 400;

function penTools(): PenTools {
  const pictures = new Map<string, Canvas>();
  return {
    font: overlayFont,
    picture(backdrop) {
      const known = pictures.get(backdrop.key);
      if (known !== undefined) return known;
      if (pictures.size >= backdropsMax) pictures.clear();
      const picture = pictureOf(backdrop);
      pictures.set(backdrop.key, picture);
      return picture;
    },
  };
}

function pictureOf({ x1, y1, x2, y2, shapes }: Backdrop): Canvas {
  const canvas = createCanvas(Math.ceil(x2 - x1), Math.ceil(y2 - y1));
  drawShapes(canvas.getContext('2d'), shapes, penTools());
  return canvas;
}

/** Widths grow evenly with the size of the text; they are taken at this one. */
const measuredPx = 100;
const measuredMax = 2_000;

/** Remembers the widths of labels: they come again in every frame. */
function makeMeasure(): (text: string, sizePx: number) => number {
  const context = createCanvas(1, 1).getContext('2d');
  context.font = overlayFont(measuredPx);
  const widths = new Map<string, number>();
  return (text, sizePx) => {
    const width = widths.get(text) ?? context.measureText(text).width;
    if (widths.size >= measuredMax) widths.clear();
    widths.set(text, width);
    return (width * sizePx) / measuredPx;
  };
}
