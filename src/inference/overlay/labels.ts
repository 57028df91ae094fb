import type { Box } from '../box.ts';
import type { Size } from '../letterbox.ts';
import type { Point } from '../oriented-box.ts';
import type { DrawnBox, Scale } from './boxes.ts';
import { clipBox, inOrder } from './clip.ts';
import { groupBy } from './group.ts';
import { type LabelPlace, placeLabel } from './label-places.ts';
import { type Look, lookOf } from './palette.ts';
import type { Shape } from './shapes.ts';
import type { Sizes } from './sizes.ts';

/** How wide a text is in the overlay's font, px: what a canvas knows and nothing here could. */
export type MeasureText = (text: string, sizePx: number) => number;

/** A label with its place. */
export interface Label extends Box {
  readonly text: string;
  readonly look: Look;
  /** From the label to its box, where it stands apart from it. */
  readonly leader?: readonly [Point, Point];
}

export interface LabelScene extends Scale {
  readonly measure: MeasureText;
  /** Where no label may stand. */
  readonly taken: readonly Box[];
  /** What a label would better not cover, beside the boxes. */
  readonly avoided: readonly Box[];
}

export interface Labels {
  /** @returns the labels of the boxes in the frame. None covers another; one that finds no room at all is left out. */
  place(boxes: readonly DrawnBox[], scene: LabelScene): readonly Label[];
}

/** A longer text is cut. */
const textLengthMax = 28;
/** Heights and margins in sizes of the text. */
const heightPart = 1.36;
const marginPart = 0.34;
const baselinePart = 1.02;

/** Labels keep their side of the box from frame to frame while there is room: one that jumps cannot be read. */
export function makeLabels(): Labels {
  let kept = new Map<number, number>();
  return {
    place(boxes, scene) {
      const wishes = wishesOf(boxes, scene);
      const labels: Label[] = [];
      const sides = new Map<number, number>();
      const avoided = [...wishes.map(({ box }) => box), ...scene.avoided];
      const taken = [...scene.taken];
      for (const { box, text, look, trackId, isRead, ...size } of wishes) {
        const keptSide = trackId === undefined ? undefined : kept.get(trackId);
        const place = placeLabel({ box, ...size, isRead, keptSide }, { ...scene, avoided, taken });
        if (place === undefined) continue;
        labels.push(labelAt(place, { box, text, look }));
        taken.push(place);
        if (trackId !== undefined) sides.set(trackId, place.side);
      }
      kept = sides;
      return labels;
    },
  };
}

interface Wish extends Size {
  readonly box: Box;
  readonly text: string;
  readonly look: Look;
  readonly trackId: number | undefined;
  /** Whether what is inside the box is a text, which a label must not cover. */
  readonly isRead: boolean;
}

/** Tracks first, the oldest before the others, so that the same ones choose first in every frame. */
function wishesOf(boxes: readonly DrawnBox[], { frame, sizes, measure }: LabelScene): readonly Wish[] {
  const order = ({ track_id }: DrawnBox) => track_id ?? Number.POSITIVE_INFINITY;
  const sorted = boxes.toSorted((a, b) => (order(a) === order(b) ? 0 : order(a) - order(b)));
  return sorted.flatMap((box) => {
    const ordered = inOrder(box);
    const visible = ordered && clipBox(ordered, frame);
    const text = textOf(box);
    if (visible === undefined || text === '') return [];
    const { textPx } = sizes;
    const width = Math.ceil(measure(text, textPx) + 2 * marginPart * textPx);
    const height = Math.ceil(heightPart * textPx);
    const isRead = box.text !== undefined;
    return [{ box: visible, text, look: lookOf(box.label), trackId: box.track_id, isRead, width, height }];
  });
}

/** A text that was read stands for itself; anything else is called by its track and its label. */
function textOf({ label, track_id, text }: DrawnBox): string {
  const words = text ?? (track_id === undefined ? label : `#${track_id} ${label}`);
  const line = words.replace(/\s+/gu, ' ').trim();
  return line.length > textLengthMax ? `${line.slice(0, textLengthMax - 1)}…` : line;
}

interface Labelled {
  readonly box: Box;
  readonly text: string;
  readonly look: Look;
}

function labelAt({ x1, y1, x2, y2, isApart }: LabelPlace, { box, text, look }: Labelled): Label {
  const place = { x1, y1, x2, y2, text, look };
  if (!isApart) return place;
  const [from, to] = [nearestIn(place, middleOf(box)), nearestIn(box, middleOf(place))];
  return { ...place, leader: [from, to] };
}

const middleOf = ({ x1, y1, x2, y2 }: Box): Point => ({ x: (x1 + x2) / 2, y: (y1 + y2) / 2 });

const nearestIn = ({ x1, y1, x2, y2 }: Box, { x, y }: Point): Point => ({
  x: Math.min(Math.max(x, x1), x2),
  y: Math.min(Math.max(y, y1), y2),
});

export function drawLabels(labels: readonly Label[], { textPx, linePx }: Sizes): readonly Shape[] {
  const leaders = groupBy(
    labels.filter(({ leader }) => leader !== undefined),
    ({ look }) => look,
  );
  return [
    ...[...leaders].map(([{ colour }, group]): Shape => {
      const paths = group.map(({ leader = [] }) => ({ points: leader }));
      return { type: 'lines', paths, stroke: { colour, widthPx: linePx / 2 } };
    }),
    ...labels.map((label) => drawLabel(label, textPx)),
  ];
}

/** The same words in the same look come again in every frame: as pixels, at whole ones so that they stay sharp. */
function drawLabel({ text, look, x1, y1, x2, y2 }: Label, textPx: number): Shape {
  const [width, height] = [x2 - x1, y2 - y1];
  const [x, y] = [Math.round(x1), Math.round(y1)];
  const key = `label ${textPx} ${look.colour} ${text}`;
  const baseline = { x: marginPart * textPx, y: baselinePart * textPx };
  const shapes: readonly Shape[] = [
    { type: 'plate', x1: 0, y1: 0, x2: width, y2: height, radiusPx: 0.2 * textPx, colour: look.colour },
    { type: 'words', text, ...baseline, sizePx: textPx, colour: look.ink },
  ];
  return { type: 'backdrop', x1: x, y1: y, x2: x + width, y2: y + height, key, shapes };
}
