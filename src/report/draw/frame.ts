import type { ScaleContinuousNumeric, ScaleTime } from 'd3-scale';
import { html, type Markup } from '../markup.ts';

export type Scale = ScaleContinuousNumeric<number, number> | ScaleTime<number, number>;

/** In units of the picture, which are px where it is shown at its own size. */
export interface Area {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const margin = { left: 48, right: 16, top: 24, bottom: 40 };

export const narrow: Area = { width: 476, height: 224, ...margin };
export const wide: Area = { width: 1008, height: 256, ...margin };

/** From where to where a scale goes. */
export const xRange = ({ left, width, right }: Area): [number, number] => [left, width - right];
export const yRange = ({ height, bottom, top }: Area): [number, number] => [height - bottom, top];

interface Frame {
  readonly area: Area;
  /** What is seen, for those who cannot see it. */
  readonly title: string;
  readonly x: Scale;
  readonly y: ScaleContinuousNumeric<number, number>;
  readonly xLabel: string;
  readonly yLabel: string;
  /** Whether y counts things, of which there are no halves. */
  readonly isCount?: boolean;
}

/** Marks over a grid, with axes. */
export function frame({ area, title, x, y, xLabel, yLabel, isCount = false }: Frame, marks: readonly Markup[]): Markup {
  const [x0, x1] = xRange(area);
  const [y0] = yRange(area);
  const yFormat = y.tickFormat(4);
  const steps = y.ticks(4).filter((value) => !isCount || Number.isInteger(value));
  const grid = steps.map((value) => {
    const at = place(y(value));
    return html`<path class="grid" d="M${x0} ${at}H${x1}"/><text class="tick" x="${x0 - 8}" y="${at}" dy=".32em" text-anchor="end">${yFormat(value)}</text>`;
  });
  const ticks = xTicks(x, area).map(
    ({ at, text }) => html`<text class="tick" x="${at}" y="${y0 + 16}" text-anchor="middle">${text}</text>`,
  );
  // Above its numbers where it is short, else from the picture's edge on.
  const yText =
    yLabel.length > 7
      ? html`<text class="label" x="0" y="10">${yLabel}</text>`
      : html`<text class="label" x="${x0 - 8}" y="10" text-anchor="end">${yLabel}</text>`;
  return html`<svg viewBox="0 0 ${area.width} ${area.height}" role="img" aria-label="${title}">
${grid}${marks}<path class="axis" d="M${x0} ${y0}H${x1}"/>${ticks}
<text class="label" x="${x1}" y="${area.height - 6}" text-anchor="end">${xLabel}</text>${yText}
</svg>`;
}

function xTicks(x: Scale, area: Area): readonly { readonly at: string; readonly text: string }[] {
  const count = area.width > 600 ? 10 : 5;
  // Both kinds of scale have these, but a union of their overloads cannot be called.
  const scale = x as ScaleContinuousNumeric<number, number>;
  const format = scale.tickFormat(count);
  return scale.ticks(count).map((value: unknown) => ({
    at: place(scale(value as number)),
    text: value instanceof Date ? clockText(value) : format(value as number),
  }));
}

/** `14:30`, and the day where it begins: `11-25`. UTC, as all times here are. */
function clockText(time: Date): string {
  const [day = '', clock = ''] = time.toISOString().split('T');
  if (clock.startsWith('00:00:00')) return day.slice(5);
  return clock.slice(0, clock.slice(6, 8) === '00' ? 5 : 8);
}

/** A tenth of a px is all that can be seen. */
export const place = (value: number): string => String(Math.round(value * 10) / 10);
