import type { Box } from '../box.ts';
import type { Size } from '../letterbox.ts';
import type { Point } from '../oriented-box.ts';
import { type PitchSize, pitchLines, pointsAlong, unproject } from '../pitch/index.ts';
import { isBall } from './ball.ts';
import type { DrawnBox, Scale } from './boxes.ts';
import { inOrder } from './clip.ts';
import { groupBy } from './group.ts';
import { ballLook, type Look, light, lookOf, type Outline, panel } from './palette.ts';
import type { SeenPitch } from './pitch.ts';
import { circle, type Path, type Shape } from './shapes.ts';

/** Of the frame's width; a narrow frame has a wider one. */
const widthPart = 0.26;
const heightPartMax = 0.32;
/** Around the pitch: who stands behind a line is still on the radar. */
const marginM = 4;

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
  const marks = boxes.flatMap((box) => markOf(box, seen, (at) => shifted(toPx(at), place), markPx(width)));
  return [
    { type: 'backdrop', ...place, key, shapes: background(size, { width, height }, toPx), opacity: panel.opacity },
    ...drawMarks(marks),
  ];
}

const shifted = ({ x, y }: Point, { x1, y1 }: Box): Point => ({ x: x + x1, y: y + y1 });

const markPx = (width: number): number => Math.max(2.5, width / 72);

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
  readonly look: Look;
  readonly path: Path;
}

function markOf(
  box: DrawnBox,
  { homography, pitch }: SeenPitch,
  toPx: (at: Point) => Point,
  radius: number,
): readonly Mark[] {
  const ordered = inOrder(box);
  if (ordered === undefined || box.text !== undefined) return [];
  const at = unproject(homography, { x: (ordered.x1 + ordered.x2) / 2, y: ordered.y2 });
  if (at === undefined || !isWithin(at, { width: pitch.lengthM, height: pitch.widthM })) return [];
  if (isBall(box)) return [{ look: ballLook, path: circle(toPx(at), 0.75 * radius, 16) }];
  const look = lookOf(box.label);
  return [{ look, path: marks[look.outline](toPx(at), radius) }];
}

const isWithin = ({ x, y }: Point, { width, height }: Size): boolean =>
  x >= -marginM && y >= -marginM && x <= width + marginM && y <= height + marginM;

/** A shape for each outline of boxes. */
const marks: Readonly<Record<Outline, (at: Point, radius: number) => Path>> = {
  whole: (at, radius) => circle(at, radius, 20),
  corners: ({ x, y }, radius) => polygon([x, y], [-0.9, -0.9, 0.9, -0.9, 0.9, 0.9, -0.9, 0.9], radius),
  dashed: ({ x, y }, radius) => polygon([x, y], [0, -1.25, 1.25, 0, 0, 1.25, -1.25, 0], radius),
  dotted: ({ x, y }, radius) => polygon([x, y], [0, -1.2, 1.15, 0.9, -1.15, 0.9], radius),
};

function polygon([x, y]: readonly [number, number], corners: readonly number[], radius: number): Path {
  const points = corners.flatMap((dx, i) =>
    i % 2 === 0 ? [{ x: x + dx * radius, y: y + (corners[i + 1] ?? 0) * radius }] : [],
  );
  return { points, isClosed: true };
}

/** Those of one look at once, the ball's on top. */
function drawMarks(marks: readonly Mark[]): readonly Shape[] {
  const byLook = [...groupBy(marks, ({ look }) => look)].sort(
    ([a], [b]) => Number(a === ballLook) - Number(b === ballLook),
  );
  return byLook.flatMap(([look, group]): readonly Shape[] => {
    const paths = group.map(({ path }) => path);
    const rim = look === ballLook ? light : look.halo;
    return [
      { type: 'lines', paths, stroke: { colour: rim, widthPx: 2 } },
      { type: 'areas', paths, colour: look.colour },
    ];
  });
}
