import type { Box } from '../box.ts';
import type { Size } from '../letterbox.ts';
import type { Scale } from './boxes.ts';

export interface LabelPlace extends Box {
  /** Which of the places around its box it is. */
  readonly side: number;
  /** Whether it stands away from its box, and needs a line to it. */
  readonly isApart: boolean;
}

interface LabelWish extends Size {
  readonly box: Box;
  /** Whether what is inside the box is to be seen. */
  readonly isRead: boolean;
  /** Where the label stood in the last frame. */
  readonly keptSide: number | undefined;
}

interface Room extends Scale {
  /** Where no label may stand. */
  readonly taken: readonly Box[];
  /** What it would better not cover, its own box among them. */
  readonly avoided: readonly Box[];
}

interface Candidate extends LabelPlace {
  /** What speaks against it by itself, in parts of the label that are covered. */
  readonly cost: number;
}

/** What the place of the last frame is worth: more than a little that it covers. */
const keptWorth = 0.3;
const apartCost = 0.35;

/**
 * The best place for a label: at its box where one is free and covers little, else a few steps away, else the nearest
 * free place of the frame.
 * @returns none where the frame is full
 */
export function placeLabel(wish: LabelWish, room: Room): LabelPlace | undefined {
  const beside = cheapest(besideBox(wish, room.sizes.gapPx), nowhere, wish, room);
  // Nearly every label finds its place at its box: what is apart is not even listed where it could not be better.
  const isGood = beside.cost <= apartCost - keptWorth;
  const { place } = isGood ? beside : cheapest(aroundBox(wish), beside, wish, room);
  return place ?? nearestFree(wish, room);
}

interface Choice {
  readonly place: LabelPlace | undefined;
  readonly cost: number;
}

const nowhere: Choice = { place: undefined, cost: Number.POSITIVE_INFINITY };

/** The best of the candidates, or what was found before where none is better. */
function cheapest(candidates: readonly Candidate[], before: Choice, wish: LabelWish, room: Room): Choice {
  let best = before;
  for (const candidate of candidates) {
    if (candidate.cost - keptWorth >= best.cost) continue;
    const place = alongInto(candidate, room.frame);
    if (place === undefined || !isFree(place, room)) continue;
    const kept = place.side === wish.keptSide ? keptWorth : 0;
    const cost = place.cost - kept + coveredPart(place, wish, room);
    if (cost < best.cost) best = { place, cost };
  }
  return best;
}

/** Above, below, at the sides, inside: in the order in which people look for it. */
function besideBox({ box, width, height, isRead }: LabelWish, gap: number): readonly Candidate[] {
  const { x1, y1, x2, y2 } = box;
  const isWide = x2 - x1 >= width;
  const hasRoomInside = isWide && y2 - y1 >= 3 * height && !isRead;
  const left = isWide ? x1 : (x1 + x2 - width) / 2;
  const [above, below] = [y1 - gap - height, y2 + gap];
  const corners: readonly (readonly [x: number, y: number, cost: number])[] = [
    [left, above, 0],
    [left, below, 0.08],
    [x1, above, 0.1],
    [x2 - width, above, 0.1],
    [x2 + gap, y1, 0.15],
    [x1 - gap - width, y1, 0.15],
    [x1, below, 0.2],
    [x2 - width, below, 0.2],
    [x2 + gap, y2 - height, 0.22],
    [x1 - gap - width, y2 - height, 0.22],
    [left, y1, hasRoomInside ? 0.05 : Number.POSITIVE_INFINITY],
  ];
  return corners.map(([x, y, cost], side) => ({ ...boxAt(x, y, { width, height }), side, cost, isApart: false }));
}

const directions = 12;
const ringSteps = [1, 2.2, 3.6] as const;
/** Numbers of sides from here on stand apart. */
const firstApart = 20;

/** Away from the box, on ellipses around it that leave room for the label. */
function aroundBox({ box, width, height }: LabelWish): readonly Candidate[] {
  const [middleX, middleY] = [(box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2];
  return ringSteps.flatMap((step, ring) =>
    Array.from({ length: directions }, (_, i) => {
      const angle = (2 * Math.PI * i) / directions - Math.PI / 2;
      const x = middleX + ((box.x2 - box.x1 + width) / 2 + step * height) * Math.cos(angle);
      const y = middleY + ((box.y2 - box.y1 + height) / 2 + step * height) * Math.sin(angle);
      const side = firstApart + ring * directions + i;
      const cost = apartCost * (ring + 1);
      return { ...boxAt(x - width / 2, y - height / 2, { width, height }), side, cost, isApart: true };
    }),
  );
}

/** Moved along the frame's edge where it reaches out at a side; none where it reaches out above or below. */
function alongInto(candidate: Candidate, frame: Size): Candidate | undefined {
  const { x1, y1, x2, y2, cost } = candidate;
  if (y1 < 0 || y2 > frame.height || x2 - x1 > frame.width || cost === Number.POSITIVE_INFINITY) return undefined;
  const x = Math.min(Math.max(x1, 0), frame.width - (x2 - x1));
  return x === x1 ? candidate : { ...candidate, x1: x, x2: x + x2 - x1 };
}

const isFree = (place: Box, { taken }: Room): boolean => taken.every((other) => sharedArea(place, other) === 0);

/** Which part of the label covers what it should not. */
function coveredPart(place: Box, { box, width, height, isRead }: LabelWish, { avoided }: Room): number {
  const covered = avoided.reduce((sum, other) => {
    const isOwn = other === box;
    return isOwn && !isRead ? sum : sum + sharedArea(place, other);
  }, 0);
  return covered / (width * height);
}

/** Looks over the whole frame, in steps of half a label. */
function nearestFree({ box, width, height }: LabelWish, room: Room): LabelPlace | undefined {
  const { frame } = room;
  let best: LabelPlace | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (let y = 0; y <= frame.height - height; y += height / 2) {
    for (let x = 0; x <= frame.width - width; x += width / 2) {
      const distance = Math.hypot(x + width / 2 - (box.x1 + box.x2) / 2, y + height / 2 - (box.y1 + box.y2) / 2);
      if (distance >= bestDistance) continue;
      const place = { ...boxAt(x, y, { width, height }), side: firstApart, isApart: true };
      if (isFree(place, room)) [best, bestDistance] = [place, distance];
    }
  }
  return best;
}

const boxAt = (x: number, y: number, { width, height }: Size): Box => ({ x1: x, y1: y, x2: x + width, y2: y + height });

function sharedArea(a: Box, b: Box): number {
  const width = Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1);
  const height = Math.min(a.y2, b.y2) - Math.max(a.y1, b.y1);
  return width > 0 && height > 0 ? width * height : 0;
}
