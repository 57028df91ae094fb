import { letterboxOf } from '../../src/inference/letterbox.ts';
import {
  type Homography,
  type LineMap,
  type PitchFit,
  type PitchLine,
  pitchLines,
  pointsAlong,
  unproject,
} from '../../src/inference/pitch/index.ts';
import { frame, lawPitch, placesSeenBy, type SizedView, type View } from './cameras.ts';

export const size = { width: 640, height: 360 };
const cellPx = frame.width / size.width;
const stepM = 0.05;

/** A frame that is as large as the model’s input. */
export const whole = letterboxOf(frame, frame);

export const emptyMap = (): LineMap => ({ ...size, values: new Float32Array(size.width * size.height) });

/** The map that a perfect model gives of what a camera sees: lines a cell wide. */
export function mapOf(view: SizedView, lines: readonly PitchLine[] = pitchLines(lawPitch)): LineMap {
  const map = emptyMap();
  const places = lines.flatMap((line) => pointsAlong(line, stepM)).map(view);
  for (const { x, y, pxPerMetre } of places) {
    if (pxPerMetre > 0) dab(map, x / cellPx - 0.5, y / cellPx - 0.5);
  }
  return map;
}

function dab({ width, height, values }: LineMap, x: number, y: number): void {
  const [column, row] = [Math.round(x), Math.round(y)];
  if (!(column >= 1 && row >= 1 && column < width - 1 && row < height - 1)) return;
  for (const cell of [-1, 0, 1].flatMap((down) => [-1, 0, 1].map((right) => ({ right, down })))) {
    const at = (row + cell.down) * width + column + cell.right;
    const cover = 1 - Math.hypot(column + cell.right - x, row + cell.down - y);
    values[at] = Math.max(values[at] ?? 0, cover);
  }
}

/** Median distance from where the places in view are, metres. */
function errorM(homography: Homography, view: View): number {
  const errors = placesSeenBy(view)
    .map((place) => ({ place, found: unproject(homography, view(place)) }))
    .map(({ place, found }) => (found === undefined ? 1e9 : Math.hypot(found.x - place.x, found.y - place.y)))
    .sort((a, b) => a - b);
  return errors[Math.floor(errors.length / 2)] ?? 0;
}

/** In words, for a comparison: how far off it is, or why it is refused. */
export const saidOf = (fit: PitchFit, view: View): string => {
  if (!fit.accepted) return fit.reason;
  const error = errorM(fit.homography, view);
  return error < 0.5 ? 'right' : `off by ${error.toFixed(2)} m`;
};
