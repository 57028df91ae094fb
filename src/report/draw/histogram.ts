import { scaleLinear } from 'd3-scale';
import type { Row } from '../../engine.ts';
import { numberIn } from '../ask.ts';
import { html, type Markup } from '../markup.ts';
import { valueText } from '../value-text.ts';
import { frame, narrow, place, wide, xRange, yRange } from './frame.ts';

interface Histogram {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  /** Where it ends at least. */
  readonly xMax?: number;
  readonly isWide?: boolean;
  /** Lines to compare with. */
  readonly marks?: readonly { readonly at: number; readonly text: string }[];
}

/** Rows of `from`, `to`, `count` as bars that touch. */
export function histogram(
  rows: readonly Row[],
  { title, xLabel, yLabel, xMax = 0, isWide = false, marks = [] }: Histogram,
): Markup {
  const area = isWide ? wide : narrow;
  const ends = rows.map((row) => numberIn(row, 'to'));
  const x = scaleLinear(
    [Math.min(0, ...rows.map((row) => numberIn(row, 'from'))), Math.max(xMax, ...ends)],
    xRange(area),
  );
  const y = scaleLinear([0, Math.max(1, ...rows.map((row) => numberIn(row, 'count')))], yRange(area)).nice(4);
  const bars = rows.map((row) => {
    const [from, to, count] = [numberIn(row, 'from'), numberIn(row, 'to'), numberIn(row, 'count')];
    const said = `${valueText(from, 'number')} to ${valueText(to, 'number')}: ${valueText(count, 'count')}`;
    return html`<rect class="s1" x="${place(x(from) + 0.5)}" y="${place(y(count))}" width="${place(Math.max(0.5, x(to) - x(from) - 1))}" height="${place(y(0) - y(count))}"><title>${said}</title></rect>`;
  });
  const lines = marks
    .filter(({ at }) => at <= (x.domain()[1] ?? 0))
    .map(
      ({ at, text }) =>
        html`<path class="mark" d="M${place(x(at))} ${yRange(area)[1]}V${yRange(area)[0]}"/><text class="tick" x="${place(x(at) + 4)}" y="${area.top + 8}">${text}</text>`,
    );
  return frame({ area, title, x, y, xLabel, yLabel, isCount: true }, [...bars, ...lines]);
}
