import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { Box } from '../box.ts';
import { imageOf } from '../letterbox.ts';
import type { Pixels } from '../media/index.ts';
import { colourOf } from './colours.ts';
import { overlayFont } from './font.ts';

export interface DrawnBox extends Box {
  readonly label: string;
  readonly track_id?: number;
}

export interface Overlay {
  /** @returns the frame with its boxes. Valid until the next call. */
  draw(frame: Pixels, boxes: readonly DrawnBox[]): Pixels;
}

const textSizePx = 13;
const lineWidthPx = 2;
const textHeightPx = 16;
const textMarginPx = 3;

/**
 * One canvas for all frames of a job; a frame of another size resizes it.
 * @throws SiltstoneError `job_failed` where labels could not be seen
 */
export function makeOverlay(): Overlay {
  const canvas = createCanvas(1, 1);
  const context = canvas.getContext('2d');
  const font = overlayFont(textSizePx);
  return {
    draw({ width, height, rgba }, boxes) {
      if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
      context.font = font;
      context.putImageData(imageOf(rgba, { width, height }), 0, 0);
      for (const box of boxes) drawBox(context, box);
      // The canvas only records what is drawn until its pixels are asked for: without this, no time is taken here.
      return { width, height, rgba: canvas.data() };
    },
  };
}

function drawBox(context: SKRSContext2D, box: DrawnBox): void {
  const colour = colourOf(box.label);
  context.strokeStyle = colour;
  context.lineWidth = lineWidthPx;
  context.strokeRect(box.x1, box.y1, box.x2 - box.x1, box.y2 - box.y1);
  drawText(context, box.track_id === undefined ? box.label : `#${box.track_id} ${box.label}`, box, colour);
}

function drawText(context: SKRSContext2D, text: string, { x1, y1 }: Box, colour: string): void {
  const bottom = Math.max(y1, textHeightPx);
  context.fillStyle = colour;
  context.fillRect(x1, bottom - textHeightPx, context.measureText(text).width + 2 * textMarginPx, textHeightPx);
  context.fillStyle = '#000000';
  context.fillText(text, x1 + textMarginPx, bottom - textMarginPx - 1);
}
