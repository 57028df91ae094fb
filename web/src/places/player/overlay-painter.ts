import type { Layer } from '../../../../src/inference/overlay/layers.ts';
import { makeLayout } from '../../../../src/inference/overlay/layout.ts';
import { drawShapes, type PenContext, type PenTools } from '../../../../src/inference/overlay/pen.ts';
import type { Backdrop } from '../../../../src/inference/overlay/shapes.ts';
import type { FrameScene } from './scenes.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Draws the overlay of one frame after the other. It is the server's own layout: a picture here and there is the same. */
export interface OverlayPainter {
  paint(frameIndex: number, scene: FrameScene, size: Size): void;
  /** Of a frame that is not drawn: trails go on. */
  pass(frameIndex: number, scene: FrameScene): void;
  clear(): void;
}

const trailFrames = 25;
const font = (sizePx: number): string => `600 ${sizePx}px Inter, sans-serif`;
const measuredPx = 100;

export function makePainter(canvas: HTMLCanvasElement, layers: readonly Layer[]): OverlayPainter {
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('this browser gives no 2D canvas');
  const tools = makeTools();
  const layout = makeLayout({ layers, trailFrames, measure: makeMeasure(context) });
  const clear = () => context.clearRect(0, 0, canvas.width, canvas.height);
  return {
    clear,
    pass: (frameIndex, { boxes }) => layout.see(frameIndex, boxes),
    paint(frameIndex, { boxes, pitch }, size) {
      if (canvas.width !== size.width || canvas.height !== size.height) Object.assign(canvas, size);
      clear();
      layout.see(frameIndex, boxes);
      const scene = { frame: size, boxes, pitch };
      drawShapes(context as unknown as PenContext, layout.draw(scene), tools);
    },
  };
}

function makeTools(): PenTools {
  const pictures = new Map<string, HTMLCanvasElement>();
  const pictureOf = ({ x1, y1, x2, y2, shapes }: Backdrop): HTMLCanvasElement => {
    const canvas = Object.assign(document.createElement('canvas'), {
      width: Math.ceil(x2 - x1),
      height: Math.ceil(y2 - y1),
    });
    const context = canvas.getContext('2d');
    if (context !== null) drawShapes(context as unknown as PenContext, shapes, makeTools());
    return canvas;
  };
  return {
    font,
    picture(backdrop) {
      const picture = pictures.get(backdrop.key) ?? pictureOf(backdrop);
      pictures.set(backdrop.key, picture);
      return picture;
    },
  };
}

/** Widths grow evenly with the size of the text. */
function makeMeasure(context: CanvasRenderingContext2D): (text: string, sizePx: number) => number {
  const widths = new Map<string, number>();
  return (text, sizePx) => {
    let width = widths.get(text);
    if (width === undefined) {
      context.font = font(measuredPx);
      width = context.measureText(text).width;
      widths.set(text, width);
    }
    return (width * sizePx) / measuredPx;
  };
}
