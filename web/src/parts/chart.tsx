import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { count } from '../format.ts';
import { shownThemeStore } from '../shell/theme.ts';
import { useStore } from '../store.ts';
import { useScale } from './use-media.ts';

export interface ChartSeries {
  readonly label: string;
  readonly values: readonly (number | null)[];
  /** Of the seven series colours; by default one after the other. */
  readonly colour?: number;
}

export type ChartKind = 'lines' | 'stack' | 'bars';

interface ChartProps {
  /** What the chart shows, in one sentence: for those who do not see it. */
  readonly label: string;
  /** Seconds since 1970 where `isTime`, else any number. */
  readonly x: readonly number[];
  readonly xLabel: string;
  readonly isTime?: boolean;
  readonly series: readonly ChartSeries[];
  readonly kind?: ChartKind;
  readonly height?: number;
  readonly format: (value: number | null | undefined) => string;
  /** A click on the chart, at the nearest `x`. */
  readonly onPick?: ((x: number) => void) | undefined;
}

/** Lines, stacked areas or stacked bars over a common axis; values under the pointer stand in the legend. */
export function Chart(props: ChartProps) {
  const { label, x, series, kind = 'lines' } = props;
  const height = Math.round((props.height ?? 200) * useScale());
  const box = useRef<HTMLDivElement>(null);
  const theme = useStore(shownThemeStore);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const plot = new uPlot(optionsOf(props, { width: element.clientWidth, height }), dataOf(props), element);
    const pick = () => {
      const at = plot.cursor.idx;
      const value = at === null || at === undefined ? undefined : plot.data[0][at];
      if (value !== undefined) props.onPick?.(value);
    };
    plot.over.addEventListener('click', pick);
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [theme, x, series, kind, height]);
  // Room for the plot and its legend is kept before they are drawn.
  return (
    <div class="chart-room" style={{ minHeight: `${height + 36}px` }}>
      <div ref={box} class={`chart${props.onPick ? ' chart-picks' : ''}`} role="img" aria-label={label} />
    </div>
  );
}

function dataOf({ x, series, kind }: ChartProps): uPlot.AlignedData {
  if (kind !== 'stack' && kind !== 'bars') return [[...x], ...series.map(({ values }) => [...values])];
  const sums = new Array<number>(x.length).fill(0);
  // The tallest is drawn first, the others over it.
  const stacked = series.map(({ values }) =>
    values.map((value, i) => {
      sums[i] = (sums[i] ?? 0) + (value ?? 0);
      // A bar of nothing would leave a line.
      return kind === 'bars' && sums[i] === 0 ? null : (sums[i] ?? 0);
    }),
  );
  return [[...x], ...stacked.reverse()];
}

function optionsOf(props: ChartProps, size: { width: number; height: number }): uPlot.Options {
  const { xLabel, isTime = false, series, kind = 'lines', format } = props;
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  // Counts have no halves.
  const isWhole = format === count;
  const fontPx = Math.round(Number.parseFloat(style.fontSize) * 0.72);
  const axis = {
    stroke: colour('ink-3'),
    grid: { stroke: colour('line'), width: 1 },
    ticks: { show: false },
    font: `${fontPx}px Inter, sans-serif`,
  };
  const drawn = kind === 'lines' ? series : [...series].reverse();
  return {
    ...size,
    scales: { x: { time: isTime }, y: { range: (_plot, _min, max) => [0, max > 0 ? max * 1.08 : 1] } },
    axes: [
      { ...axis, size: fontPx * 3.4, gap: 6, ...(isTime && { values: timeTicks }) },
      {
        ...axis,
        size: fontPx * 5,
        gap: 6,
        values: (_plot, ticks) => ticks.map((tick) => format(tick)),
        ...(isWhole && { incrs: wholeSteps }),
      },
    ],
    cursor: { y: false, points: { size: 7 } },
    legend: { live: true },
    padding: [8, 8, 0, 0],
    series: [
      {
        label: xLabel,
        value: isTime
          ? '{D} {MMM} {HH}:{mm}'
          : (_plot: uPlot, value: number | null) => value?.toLocaleString('en') ?? '–',
      },
      ...drawn.map((one) =>
        seriesOf(one, { kind, colour: colour(`series-${one.colour ?? indexOf(series, one)}`), format }),
      ),
    ],
  };
}

const wholeSteps = [0, 3, 6, 9].flatMap((power) => [1, 2, 5, 10, 20, 50, 100, 200, 500].map((n) => n * 10 ** power));

/** What uPlot needs to write times of 24 hours. */
const timeTicks = [
  [86_400, '{D} {MMM}', null, null, null, null, null, null, 1],
  [3_600, '{HH}:{mm}', '\n{D} {MMM}', null, '\n{D} {MMM}', null, null, null, 1],
  [60, '{HH}:{mm}', '\n{D} {MMM}', null, '\n{D} {MMM}', null, null, null, 1],
  [1, '{HH}:{mm}:{ss}', '\n{D} {MMM}', null, '\n{D} {MMM}', null, null, null, 1],
  [0.001, '{HH}:{mm}:{ss}.{fff}', null, null, null, null, null, null, 1],
];

const indexOf = (series: readonly ChartSeries[], one: ChartSeries): number => (series.indexOf(one) % 7) + 1;

interface Look extends Pick<ChartProps, 'format'> {
  readonly kind: ChartKind;
  readonly colour: string;
}

function seriesOf({ label, values }: ChartSeries, { kind, colour, format }: Look): uPlot.Series {
  const isLine = kind === 'lines';
  const bars = kind === 'bars' ? uPlot.paths.bars?.({ size: [0.72, 48], radius: 0.15 }) : undefined;
  return {
    label,
    stroke: colour,
    width: isLine ? 1.75 : 1,
    points: { show: isLine && values.length < 40, size: 5 },
    ...(!isLine && { fill: colour }),
    ...(bars !== undefined && { paths: bars }),
    // A stack is drawn as sums; people read the part.
    value: (_plot, _sum, _series, index) => format(index === null ? null : (values[index] ?? null)),
  };
}
