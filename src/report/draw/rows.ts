import { scaleLinear } from 'd3-scale';
import type { Row } from '../../engine.ts';
import { numberIn } from '../ask.ts';
import { html, type Markup } from '../markup.ts';
import { type ValueKind, valueText } from '../value-text.ts';
import { narrow, place } from './frame.ts';

interface Bars {
  readonly title: string;
  readonly label: string;
  readonly value: string;
  readonly kind: ValueKind;
}

const rowHeight = 24;
const labelWidth = 144;
const labelLengthMax = 20;
const valueWidth = 72;
const rowsMax = 12;

/** A bar a row, its name at the left and its value behind it. */
export function bars(rows: readonly Row[], { title, label, value, kind }: Bars): Markup {
  const shown = rows.slice(0, rowsMax);
  const most = Math.max(...shown.map((row) => numberIn(row, value)), Number.MIN_VALUE);
  const x = scaleLinear([0, most], [0, narrow.width - labelWidth - valueWidth]);
  const drawn = shown.map((row, i) => {
    const width = Math.max(1, x(numberIn(row, value)));
    const name = String(row[label]);
    const short = name.length > labelLengthMax ? `${[...name].slice(0, labelLengthMax - 1).join('')}…` : name;
    const middle = i * rowHeight + rowHeight / 2;
    return html`<text class="name" x="${labelWidth - 8}" y="${middle}" dy=".32em" text-anchor="end"><title>${name}</title>${short}</text><rect class="s1" x="${labelWidth}" y="${i * rowHeight + 4}" width="${place(width)}" height="${rowHeight - 8}" rx="2"/><text class="tick" x="${place(labelWidth + width + 8)}" y="${middle}" dy=".32em">${valueText(row[value], kind)}${kind === 'ms' ? ' ms' : ''}</text>`;
  });
  return html`<svg viewBox="0 0 ${narrow.width} ${Math.max(1, shown.length) * rowHeight}" role="img" aria-label="${title}">${drawn}</svg>`;
}
