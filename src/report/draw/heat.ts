import { scaleLinear } from 'd3-scale';
import type { Row } from '../../engine.ts';
import { numberIn } from '../ask.ts';
import { html, type Markup } from '../markup.ts';
import { frame, narrow, place, xRange, yRange } from './frame.ts';

interface Heat {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly columns: number;
  readonly rows: number;
  /** Whether y counts from above, as px of a frame do. */
  readonly isImage: boolean;
}

const shades = 6;

/** Cells `x`, `y` with a `count`, the darker the more, over `width` and `height`. */
export function heat(cells: readonly Row[], { title, xLabel, yLabel, columns, rows, isImage }: Heat): Markup {
  const area = narrow;
  const [first = {}] = cells;
  const [x0, x1] = xRange(area);
  const [y0, y1] = yRange(area);
  const x = scaleLinear([0, numberIn(first, 'width')], [x0, x1]);
  const y = scaleLinear([0, numberIn(first, 'height')], isImage ? [y1, y0] : [y0, y1]);
  const most = cells.reduce((max, cell) => Math.max(max, numberIn(cell, 'count')), 1);
  const [stepX, stepY] = [(x1 - x0) / columns, (y0 - y1) / rows];
  const drawn = cells.map((cell) => {
    const [column, row, count] = [numberIn(cell, 'x'), numberIn(cell, 'y'), numberIn(cell, 'count')];
    const shade = Math.max(1, Math.ceil(shades * Math.sqrt(count / most)));
    const top = isImage ? y1 + row * stepY : y0 - (row + 1) * stepY;
    return html`<rect class="h${shade}" x="${place(x0 + column * stepX)}" y="${place(top)}" width="${place(stepX)}" height="${place(stepY)}"><title>${count}</title></rect>`;
  });
  return frame({ area, title, x, y, xLabel, yLabel }, drawn);
}
