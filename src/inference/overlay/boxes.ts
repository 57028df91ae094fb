import type { Box } from '../box.ts';
import type { Size } from '../letterbox.ts';
import { boxAroundPoints, type Point } from '../oriented-box.ts';
import { clipBox, inOrder } from './clip.ts';
import { groupBy } from './group.ts';
import { type Look, lookOf } from './palette.ts';
import { circle, type Path, rectangle, type Shape, type Stroke } from './shapes.ts';
import type { Sizes } from './sizes.ts';

/** What the overlay takes of a detection, px of the frame. It may reach out of it: only what is drawn is cut. */
export interface DrawnBox extends Box {
  readonly label: string;
  readonly track_id?: number;
  readonly text?: string;
  /** Of a turned box its corners, of a body its joints. */
  readonly keypoints?: readonly Point[];
}

/** How large the frame is, and how large things are drawn in it. */
export interface Scale {
  readonly frame: Size;
  readonly sizes: Sizes;
}

interface Outlined {
  readonly look: Look;
  readonly paths: readonly Path[];
}

/** The outlines of boxes, a rim around each, the joints of bodies on top. */
export function drawBoxes(boxes: readonly DrawnBox[], scale: Scale): readonly Shape[] {
  const outlined = boxes.flatMap((box) => outlineOf(box, scale));
  return [...strokesOf(outlined, scale.sizes), ...boxes.flatMap((box) => drawJoints(box, scale.sizes))];
}

function outlineOf(box: DrawnBox, { frame, sizes }: Scale): readonly Outlined[] {
  const ordered = inOrder(box);
  const visible = ordered && clipBox(ordered, frame);
  if (visible === undefined) return [];
  const look = lookOf(box.label);
  const whole = isTurned(box) ? { points: box.keypoints ?? [], isClosed: true } : rectangle(visible);
  const paths = look.outline === 'corners' ? cornersOf(whole.points, 3 * sizes.linePx) : [whole];
  return [{ look, paths }];
}

/** Half a pixel for each of the roundings on the way. */
const turnedTolerancePx = 1;

/** Whether its keypoints are the corners of a turned rectangle: four that touch all sides of its box. */
function isTurned({ keypoints, ...box }: DrawnBox): boolean {
  if (keypoints?.length !== 4) return false;
  const around = boxAroundPoints(keypoints);
  return (['x1', 'y1', 'x2', 'y2'] as const).every((side) => Math.abs(around[side] - box[side]) <= turnedTolerancePx);
}

/** The part of each side that stands at a corner. */
const cornerPart = 0.26;

function cornersOf(points: readonly Point[], lengthPxMin: number): readonly Path[] {
  const towards = (from: Point, to: Point): Point => {
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    const part = Math.min(0.5, Math.max(cornerPart, lengthPxMin / length));
    return { x: from.x + part * (to.x - from.x), y: from.y + part * (to.y - from.y) };
  };
  return points.map((point, i) => {
    const before = points.at(i - 1) ?? point;
    const after = points[(i + 1) % points.length] ?? point;
    return { points: [towards(point, before), point, towards(point, after)] };
  });
}

/** All rims first, so that no rim lies on the line of another box; then the lines, those of one look at once. */
function strokesOf(outlined: readonly Outlined[], sizes: Sizes): readonly Shape[] {
  const rims = groupBy(outlined, ({ look }) => look.halo);
  const lines = groupBy(outlined, ({ look }) => `${look.colour} ${look.outline}`);
  return [
    ...[...rims].map(([halo, group]) => linesOf(group, rimStroke(halo, sizes))),
    ...[...lines.values()].flatMap((group) => (group[0] ? [linesOf(group, strokeOf(group[0].look, sizes))] : [])),
  ];
}

const linesOf = (outlined: readonly Outlined[], stroke: Stroke): Shape => ({
  type: 'lines',
  paths: outlined.flatMap(({ paths }) => paths),
  stroke,
});

/** The rim around lines. */
export const rimStroke = (colour: string, { linePx, haloPx }: Sizes): Stroke => ({
  colour,
  widthPx: linePx + 2 * haloPx,
  opacity: 0.75,
});

/** In widths of the line. */
const dashes = { whole: undefined, corners: undefined, dashed: [4, 2.5], dotted: [1.5, 1.5] } as const;

function strokeOf({ colour, outline }: Look, { linePx }: Sizes): Stroke {
  const dash = dashes[outline]?.map((part) => part * linePx);
  return { colour, widthPx: linePx, ...(dash && { dashPx: dash }) };
}

/** Pairs of the 17 joints in the order of COCO. Source: https://cocodataset.org/#format-data */
const cocoBones = [
  [0, 1],
  [0, 2],
  [1, 3],
  [2, 4],
  [5, 6],
  [5, 7],
  [7, 9],
  [6, 8],
  [8, 10],
  [5, 11],
  [6, 12],
  [11, 12],
  [11, 13],
  [13, 15],
  [12, 14],
  [14, 16],
] as const;
const cocoJointCount = 17;

function drawJoints(box: DrawnBox, sizes: Sizes): readonly Shape[] {
  const { keypoints = [], label } = box;
  if (keypoints.length === 0 || isTurned(box)) return [];
  const { colour, halo } = lookOf(label);
  const isSeen = (point: Point | undefined) => point !== undefined && Number.isFinite(point.x + point.y);
  const pairs = keypoints.length === cocoJointCount ? cocoBones : [];
  const bones = pairs.flatMap(([from, to]) => {
    const points = [keypoints[from], keypoints[to]].filter((point) => point !== undefined);
    return points.every(isSeen) ? [{ points }] : [];
  });
  const dots = (radius: number) => keypoints.filter(isSeen).map((point) => circle(point, radius, 12));
  return [
    { type: 'lines', paths: bones, stroke: rimStroke(halo, sizes) },
    { type: 'areas', paths: dots(1.6 * sizes.linePx), colour: halo },
    { type: 'lines', paths: bones, stroke: { colour, widthPx: sizes.linePx } },
    { type: 'areas', paths: dots(1.1 * sizes.linePx), colour },
  ];
}
