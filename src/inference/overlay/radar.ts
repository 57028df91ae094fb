import type { Box } from '../box.ts';
import type { Size } from '../letterbox.ts';
import type { Point } from '../oriented-box.ts';
import { type PitchSize, pitchLines, pointsAlong, unproject } from '../pitch/index.ts';
import { isBall } from './ball.ts';
import type { DrawnBox, Scale } from './boxes.ts';
import { inOrder } from './clip.ts';
import { ballLook, type Look, light, lookOf, type Outline, panel } from './palette.ts';
import type { SeenPitch } from './pitch.ts';
import { circle, rectangle, type Shape } from './shapes.ts';

/** Of the frame's width; a narrow frame has a wider one. */
const widthPart = 0.26;
const heightPartMax = 0.32;
/** Around the pitch: who stands behind a line is still on the radar. */
const marginM = 4;

const markPxMin = 2.5;
/** Of the rim around a mark; half of it is under the mark. */
const rimPart = 0.45;

/** Where the radar stands: at the bottom, in the middle, in whole px. */
export function radarBox({ lengthM, widthM }: PitchSize, { frame, sizes }: Scale): Box {
  const [length, width] = [lengthM + 2 * marginM, widthM + 2 * marginM];
  const pxPerM = Math.min(
    (widthPart * Math.max(frame.width, frame.height)) / length,
    (heightPartMax * frame.height) / width,
  );
  const [widthPx, heightPx] = [Math.round(length * pxPerM), Math.round(width * pxPerM)];
  const x1 = Math.round((frame.width - widthPx) / 2);
  const y2 = Math.round(frame.height - 4 * sizes.linePx);
  return { x1, y1: y2 - heightPx, x2: x1 + widthPx, y2 };
}

/** The pitch from above, with a mark where each one stands: its shape and its colour tell the label. */
export function drawRadar(boxes: readonly DrawnBox[], seen: SeenPitch, place: Box): readonly Shape[] {
  const size = seen.pitch;
  const [width, height] = [place.x2 - place.x1, place.y2 - place.y1];
  const pxPerM = width / (size.lengthM + 2 * marginM);
  // Seen from the camera's side: the near touchline is below.
  const toPx = ({ x, y }: Point): Point => ({ x: (x + marginM) * pxPerM, y: (size.widthM - y + marginM) * pxPerM });
  const key = `radar ${size.lengthM} × ${size.widthM} in ${width} × ${height}`;
  const marks = boxes.flatMap((box) => markOf(box, seen)).sort((a, b) => Number(a.isTheBall) - Number(b.isTheBall));
  const radius = Math.max(markPxMin, width / 72);
  return [
    { type: 'backdrop', ...place, key, shapes: background(size, { width, height }, toPx), opacity: panel.opacity },
    ...marks.map((mark) => drawMark(mark, shifted(toPx(mark.at), place), radius)),
  ];
}

const shifted = ({ x, y }: Point, { x1, y1 }: Box): Point => ({ x: x + x1, y: y + y1 });

function background(size: PitchSize, { width, height }: Size, toPx: (point: Point) => Point): readonly Shape[] {
  const paths = pitchLines(size).map((line) => ({ points: pointsAlong(line, 1).map(toPx) }));
  const [radiusPx, edgePx] = [width / 32, Math.max(1, width / 240)];
  const inner = { x1: edgePx, y1: edgePx, x2: width - edgePx, y2: height - edgePx };
  return [
    { type: 'plate', x1: 0, y1: 0, x2: width, y2: height, radiusPx, colour: panel.accent },
    { type: 'plate', ...inner, radiusPx: radiusPx - edgePx, colour: panel.ground },
    { type: 'lines', paths, stroke: { colour: panel.ink, widthPx: edgePx, opacity: 0.7 } },
  ];
}

interface Mark {
  readonly at: Point;
  readonly isTheBall: boolean;
  readonly look: Look;
}

/** Who stands on the pitch or close to it; nobody who is nowhere on the ground, and no text that was read. */
function markOf(box: DrawnBox, { homography, pitch }: SeenPitch): readonly Mark[] {
  const ordered = inOrder(box);
  if (ordered === undefined || box.text !== undefined) return [];
  const at = unproject(homography, { x: (ordered.x1 + ordered.x2) / 2, y: ordered.y2 });
  if (at === undefined || !isWithin(at, pitch)) return [];
  const isTheBall = isBall(box);
  return [{ at, isTheBall, look: isTheBall ? ballLook : lookOf(box.label) }];
}

const isWithin = ({ x, y }: Point, { lengthM, widthM }: PitchSize): boolean =>
  x >= -marginM && y >= -marginM && x <= lengthM + marginM && y <= widthM + marginM;

/** A shape for each outline of boxes, of a mark of radius 1. */
const outlines: Readonly<Record<Outline, readonly Point[]>> = {
  whole: circle({ x: 0, y: 0 }, 1, 20).points,
  corners: rectangle({ x1: -0.9, y1: -0.9, x2: 0.9, y2: 0.9 }).points,
  dashed: circle({ x: 0, y: 0 }, 1.25, 4).points,
  dotted: [
    { x: 0, y: -1.2 },
    { x: 1.15, y: 0.9 },
    { x: -1.15, y: 0.9 },
  ],
};

/** All marks of one look are the same pixels. */
function drawMark({ look, isTheBall }: Mark, at: Point, radius: number): Shape {
  const reach = Math.ceil(1.8 * radius);
  const size = (isTheBall ? 0.75 : 1) * radius;
  const points = outlines[look.outline].map(({ x, y }) => ({ x: reach + size * x, y: reach + size * y }));
  const paths = [{ points, isClosed: true }];
  const rim = isTheBall ? light : look.halo;
  const shapes: readonly Shape[] = [
    { type: 'lines', paths, stroke: { colour: rim, widthPx: rimPart * radius } },
    { type: 'areas', paths, colour: look.colour },
  ];
  const key = `mark ${isTheBall ? 'ball' : look.outline} ${look.colour} ${radius}`;
  return { type: 'backdrop', x1: at.x - reach, y1: at.y - reach, x2: at.x + reach, y2: at.y + reach, key, shapes };
}
