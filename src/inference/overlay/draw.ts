import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { Box } from '../box.ts';
import { imageOf, type Size } from '../letterbox.ts';
import { colourOf } from './colours.ts';
import { canDrawText } from './font.ts';

export interface DrawnBox extends Box {
  readonly label: string;
  readonly track_id?: number;
}

export interface Overlay {
  /** False on a machine without fonts: boxes are drawn, their labels are not. */
  readonly hasText: boolean;
  /** @returns the frame with its boxes, RGBA. Valid until the next call. */
  draw(rgba: Uint8Array, boxes: readonly DrawnBox[]): Uint8Array;
  /** The frame drawn last. */
  png(): Promise<Uint8Array>;
}

const font = '600 13px "Helvetica Neue", Arial, "Liberation Sans", "DejaVu Sans", sans-serif';
const lineWidthPx = 2;
const textHeightPx = 16;
const textMarginPx = 3;

/** One canvas for all frames of a job. */
export function makeOverlay(size: Size): Overlay {
  const canvas = createCanvas(size.width, size.height);
  const context = canvas.getContext('2d');
  const hasText = canDrawText(context, font);
  return {
    hasText,
    draw(rgba, boxes) {
      context.putImageData(imageOf(rgba, size), 0, 0);
      for (const box of boxes) drawBox(context, box, hasText);
      // The canvas only records what is drawn until its pixels are asked for: without this, no time is taken here.
      return canvas.data();
    },
    png: () => canvas.encode('png'),
  };
}

function drawBox(context: SKRSContext2D, box: DrawnBox, hasText: boolean): void {
  const colour = colourOf(box.label);
  context.strokeStyle = colour;
  context.lineWidth = lineWidthPx;
  context.strokeRect(box.x1, box.y1, box.x2 - box.x1, box.y2 - box.y1);
  if (hasText) drawText(context, box.track_id === undefined ? box.label : `#${box.track_id} ${box.label}`, box, colour);
}

function drawText(context: SKRSContext2D, text: string, { x1, y1 }: Box, colour: string): void {
  const bottom = Math.max(y1, textHeightPx);
  context.fillStyle = colour;
  context.fillRect(x1, bottom - textHeightPx, context.measureText(text).width + 2 * textMarginPx, textHeightPx);
  context.fillStyle = '#000000';
  context.fillText(text, x1 + textMarginPx, bottom - textMarginPx - 1);
}
