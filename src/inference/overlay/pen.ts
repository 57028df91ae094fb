import type { Backdrop, Path, Shape, Stroke } from './shapes.ts';

/** What drawing takes of a canvas’s 2D context: that of a browser has it, and that of @napi-rs/canvas too. */
export interface PenContext {
  globalAlpha: number;
  fillStyle: unknown;
  strokeStyle: unknown;
  lineWidth: number;
  lineJoin: string;
  lineCap: string;
  font: string;
  beginPath(): void;
  closePath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  roundRect(x: number, y: number, width: number, height: number, radius: number): void;
  stroke(): void;
  fill(): void;
  setLineDash(dash: number[]): void;
  fillText(text: string, x: number, y: number): void;
  drawImage(picture: never, x: number, y: number, width: number, height: number): void;
}

/** What a pen cannot do by itself. */
export interface PenTools {
  /** In CSS notation. */
  readonly font: (sizePx: number) => string;
  /** A backdrop as something that `drawImage` takes; kept by its key. */
  readonly picture: (backdrop: Backdrop) => unknown;
}

/** Follows the layers’ orders, one after the other. */
export function drawShapes(context: PenContext, shapes: readonly Shape[], tools: PenTools): void {
  context.lineJoin = 'round';
  context.lineCap = 'butt';
  for (const shape of shapes) {
    context.globalAlpha = ('stroke' in shape ? shape.stroke.opacity : 'opacity' in shape ? shape.opacity : 1) ?? 1;
    drawShape(context, shape, tools);
  }
  context.globalAlpha = 1;
}

function drawShape(context: PenContext, shape: Shape, { font, picture }: PenTools): void {
  if (shape.type === 'lines') strokePaths(context, shape.paths, shape.stroke);
  else if (shape.type === 'areas') {
    context.fillStyle = shape.colour;
    trace(context, shape.paths);
    context.fill();
  } else if (shape.type === 'plate') {
    const { x1, y1, x2, y2, colour, radiusPx } = shape;
    context.fillStyle = colour;
    context.beginPath();
    context.roundRect(x1, y1, x2 - x1, y2 - y1, radiusPx);
    context.fill();
  } else if (shape.type === 'words') {
    context.font = font(shape.sizePx);
    context.fillStyle = shape.colour;
    context.fillText(shape.text, shape.x, shape.y);
  } else {
    const { x1, y1, x2, y2 } = shape;
    context.drawImage(picture(shape) as never, x1, y1, x2 - x1, y2 - y1);
  }
}

function strokePaths(context: PenContext, paths: readonly Path[], { colour, widthPx, dashPx = [] }: Stroke): void {
  context.strokeStyle = colour;
  context.lineWidth = widthPx;
  context.setLineDash([...dashPx]);
  trace(context, paths);
  context.stroke();
}

/** All paths as one, so that they are drawn by one call. */
function trace(context: PenContext, paths: readonly Path[]): void {
  context.beginPath();
  for (const { points, isClosed } of paths) {
    for (const [i, { x, y }] of points.entries()) {
      if (i === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    }
    if (isClosed) context.closePath();
  }
}
