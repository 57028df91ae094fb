import { scaleLinear, scaleUtc } from 'd3-scale';
import type { Row } from '../../engine.ts';
import { numberIn } from '../ask.ts';
import { html, type Markup } from '../markup.ts';
import { frame, narrow, place, type Scale, wide, xRange, yRange } from './frame.ts';

interface Series {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly isWide?: boolean;
  /** Their colours, where they are not the first ones. */
  readonly slots?: readonly number[];
}

const lowest = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
const highest = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), 0);

/** Columns that add up, one upon the other, over the frames. */
export function stacked(
  rows: readonly Row[],
  names: readonly string[],
  { title, xLabel, yLabel, isWide = true }: Series,
): Markup {
  const area = isWide ? wide : narrow;
  const frames = rows.map((row) => numberIn(row, 'frame'));
  const x = scaleLinear([lowest(frames), Math.max(highest(frames), lowest(frames) + 1)], xRange(area));
  const sums = rows.map((row) => names.map((_, i) => total(row, names.slice(0, i + 1))));
  const y = scaleLinear([0, Math.max(1, highest(sums.map((list) => list.at(-1) ?? 0)))], yRange(area)).nice(4);
  const areas = names.map((_, i) => {
    const upper = frames.map((at, k) => `${place(x(at))} ${place(y(sums[k]?.[i] ?? 0))}`);
    const lower = frames.map((at, k) => `${place(x(at))} ${place(y(i === 0 ? 0 : (sums[k]?.[i - 1] ?? 0)))}`);
    return html`<path class="s${i + 1}" d="M${[...upper, ...lower.reverse()].join('L')}Z"/>`;
  });
  return frame({ area, title, x, y, xLabel, yLabel }, areas);
}

const total = (row: Row, names: readonly string[]): number => names.reduce((sum, name) => sum + numberIn(row, name), 0);

/** Columns beside one another as lines over the frames; where one has no value, its line is broken. */
export function lines(
  rows: readonly Row[],
  names: readonly string[],
  { title, xLabel, yLabel, isWide = true }: Series,
): Markup {
  const area = isWide ? wide : narrow;
  const frames = rows.map((row) => numberIn(row, 'frame'));
  const x = scaleLinear([lowest(frames), Math.max(highest(frames), lowest(frames) + 1)], xRange(area));
  const most = highest(rows.flatMap((row) => names.map((name) => numberIn(row, name))));
  const y = scaleLinear([0, most === 0 ? 1 : most], yRange(area)).nice(4);
  const drawn = names.map((name, i) => {
    const points = rows.map((row, k) =>
      row[name] === null ? '' : `${place(x(frames[k] ?? 0))} ${place(y(numberIn(row, name)))}`,
    );
    const path = points.map((point, k) =>
      point === '' ? '' : `${k === 0 || points[k - 1] === '' ? 'M' : 'L'}${point}`,
    );
    return html`<path class="line l${i + 1}" d="${path.join('')}"/>`;
  });
  return frame({ area, title, x, y, xLabel, yLabel }, drawn);
}

/** Counts one upon the other, a bar a step of time; the step is the shortest there is between two rows. */
export function timeBars(
  rows: readonly Row[],
  names: readonly string[],
  { title, xLabel, yLabel, slots = [] }: Series,
): Markup {
  const area = wide;
  const times = rows.map((row) => new Date(String(row.at instanceof Date ? row.at.toISOString() : row.at)).getTime());
  const steps = times.slice(1).map((time, i) => time - (times[i] ?? 0));
  const step = steps.length === 0 ? 60_000 : lowest(steps);
  const x = scaleUtc([lowest(times), highest(times) + step], xRange(area));
  const y = scaleLinear([0, Math.max(1, highest(rows.map((row) => total(row, names))))], yRange(area)).nice(4);
  const bars = rows.flatMap((row, k) => {
    const at = times[k] ?? 0;
    return names.map((name, i) => {
      const [below, above] = [total(row, names.slice(0, i)), total(row, names.slice(0, i + 1))];
      return above === below
        ? html``
        : html`<rect class="s${slots[i] ?? i + 1}" x="${place(x(at) + 0.5)}" y="${place(y(above))}" width="${place(Math.max(1, x(at + step) - x(at) - 1))}" height="${place(y(below) - y(above))}"><title>${name}: ${numberIn(row, name)}</title></rect>`;
    });
  });
  return frame({ area, title, x: x as Scale, y, xLabel, yLabel, isCount: true }, bars);
}
