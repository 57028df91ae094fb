import type { Point } from '../oriented-box.ts';
import type { LineMap } from './line-map.ts';

/** Of a line that is looked for without a hint; one whose place is known may be paler. */
const coverMin = 0.5;
/** So many cells beside a line there is none of it any more; what is wider is a shirt or a board. */
const besideCells = 3;
const besideCoverMax = 0.3;
/** Of what hangs together: limbs and numbers are shorter. */
const lengthMinCells = 20;
/** A cell of a line may be hidden or too pale. */
const gapCells = 2;
/** More belong to no lines. */
const countMax = 6000;

/** Middles of long thin lines, line by line. */
export function ridgeOf(map: LineMap): readonly Point[] {
  const { width, height } = map;
  const cells = cellsOf(map);
  if (cells.length > countMax) return [];
  const isLoose = new Uint8Array(width * height);
  for (const cell of cells) isLoose[cell] = 1;
  return cells.flatMap((cell) => {
    const places = collect(cell, isLoose, width);
    return extentOf(places) < lengthMinCells ? [] : places;
  });
}

const placeOf = (cell: number, width: number): Point => ({ x: cell % width, y: Math.floor(cell / width) });

/** Cells that are the clearest across a thin line. */
function cellsOf({ width, height, values }: LineMap): readonly number[] {
  const found: number[] = [];
  const isRidge = (at: number, step: number): boolean => {
    const cover = values[at] ?? 0;
    return (
      cover >= (values[at - step] ?? 0) &&
      cover > (values[at + step] ?? 0) &&
      (values[at - besideCells * step] ?? 0) < besideCoverMax * cover &&
      (values[at + besideCells * step] ?? 0) < besideCoverMax * cover
    );
  };
  for (let y = besideCells; y < height - besideCells; y++) {
    const row = y * width;
    for (let at = row + besideCells; at < row + width - besideCells; at++) {
      if ((values[at] ?? 0) >= coverMin && (isRidge(at, 1) || isRidge(at, width))) found.push(at);
    }
  }
  return found;
}

/** All that hang together with this cell and are loose; they are not any more. */
function collect(first: number, isLoose: Uint8Array, width: number): readonly Point[] {
  if (isLoose[first] !== 1) return [];
  const members = [first];
  isLoose[first] = 0;
  for (const cell of members) {
    for (let down = -gapCells; down <= gapCells; down++) {
      for (let other = cell + down * width - gapCells; other <= cell + down * width + gapCells; other++) {
        if (isLoose[other] !== 1) continue;
        isLoose[other] = 0;
        members.push(other);
      }
    }
  }
  return members.map((cell) => placeOf(cell, width));
}

function extentOf(places: readonly Point[]): number {
  const spread = (values: readonly number[]) => Math.max(...values) - Math.min(...values);
  return Math.max(spread(places.map(({ x }) => x)), spread(places.map(({ y }) => y)));
}
