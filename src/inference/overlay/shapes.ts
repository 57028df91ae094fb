import type { Box } from '../box.ts';
import type { Point } from '../oriented-box.ts';

/** How a line looks. Widths and dashes in px of the frame, the opacity from 0 to 1. */
export interface Stroke {
  readonly colour: string;
  readonly widthPx: number;
  /** Lengths of strokes and gaps in turn; none where it is whole. */
  readonly dashPx?: readonly number[];
  readonly opacity?: number;
}

/** Lines of one look, drawn at once: where they cross each other they are no darker. */
export interface Lines {
  readonly type: 'lines';
  readonly paths: readonly Path[];
  readonly stroke: Stroke;
}

export interface Path {
  readonly points: readonly Point[];
  readonly isClosed?: boolean;
}

/** Filled outlines of one colour. */
export interface Areas {
  readonly type: 'areas';
  readonly paths: readonly Path[];
  readonly colour: string;
  readonly opacity?: number;
}

/** A filled rectangle with round corners. */
export interface Plate extends Box {
  readonly type: 'plate';
  readonly radiusPx: number;
  readonly colour: string;
  readonly opacity?: number;
}

/** Words in the overlay's font. */
export interface Words {
  readonly type: 'words';
  readonly text: string;
  /** Left end of the line that letters stand on. */
  readonly x: number;
  readonly y: number;
  readonly sizePx: number;
  readonly colour: string;
}

/** What looks the same in every frame: whoever draws may keep it as pixels, by its key. */
export interface Backdrop extends Box {
  readonly type: 'backdrop';
  readonly key: string;
  /** Their places are in px from the backdrop's own corner. */
  readonly shapes: readonly Shape[];
  readonly opacity?: number;
}

/** An order to draw, as a value: layers give them, and a pen of any canvas follows them, one after the other. */
export type Shape = Lines | Areas | Plate | Words | Backdrop;

/** A circle as a path. */
export function circle({ x, y }: Point, radius: number, corners = 24): Path {
  const points = Array.from({ length: corners }, (_, i) => {
    const angle = (2 * Math.PI * i) / corners;
    return { x: x + radius * Math.cos(angle), y: y + radius * Math.sin(angle) };
  });
  return { points, isClosed: true };
}

export const rectangle = ({ x1, y1, x2, y2 }: Box): Path => ({
  points: [
    { x: x1, y: y1 },
    { x: x2, y: y1 },
    { x: x2, y: y2 },
    { x: x1, y: y2 },
  ],
  isClosed: true,
});
