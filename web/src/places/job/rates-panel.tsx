import { useMemo } from 'preact/hooks';
import { numberOf } from '../../api/client.ts';
import type { Cell } from '../../api/types.ts';
import { count } from '../../format.ts';
import { Chart } from '../../parts/chart.tsx';
import { Panel } from '../../parts/panel.tsx';
import { useQuery } from '../../parts/use-query.ts';
import ratesSql from '../../sql/overlay_rates.sql?raw';
import type { JobPartProps } from './job.tsx';
import { useStep } from './use-step.ts';

type Rates = Readonly<Record<'surface' | 'frame' | 'fps' | 'dropped' | 'skipped' | 'throttled', Cell>>;

export function RatesPanel({ job, turn }: JobPartProps) {
  const step = useStep(job, turn);
  const { rows } = useQuery<Rates>(ratesSql, { job: job.job_id, step }, turn);
  const { x, fps, drops } = useMemo(() => seriesOf(rows ?? []), [rows]);
  return (
    <Panel title="Overlays" note="frames drawn per second, and dropped, on the server and in browsers">
      {rows?.length === 0 ? (
        <p class="quiet">Nothing drew this job yet. Play it, or run it with --video.</p>
      ) : (
        <>
          <Chart
            label="Frames drawn per second"
            xLabel="frame"
            height={120}
            format={perSecond}
            {...{ x }}
            series={fps}
          />
          <Chart
            label="Frames dropped"
            xLabel="frame"
            kind="bars"
            height={100}
            format={count}
            {...{ x }}
            series={drops}
          />
        </>
      )}
    </Panel>
  );
}

const perSecond = (value: number | null | undefined): string => `${value?.toFixed(0) ?? '–'} fps`;

function seriesOf(rows: readonly Rates[]) {
  const x = [...new Set(rows.map(({ frame }) => numberOf(frame) ?? 0))].sort((a, b) => a - b);
  const surfaces = [...new Set(rows.map(({ surface }) => String(surface)))];
  const column = (surface: string, value: (row: Rates) => number | null) => {
    const found = new Map(
      rows.filter((row) => row.surface === surface).map((row) => [numberOf(row.frame) ?? 0, value(row)]),
    );
    return x.map((frame) => found.get(frame) ?? null);
  };
  const fps = surfaces.map((surface, i) => ({
    label: surface,
    colour: i + 1,
    values: column(surface, (row) => numberOf(row.fps)),
  }));
  const drops = surfaces.map((surface, i) => ({
    label: `${surface}, dropped`,
    colour: i + 1,
    values: column(surface, (row) => numberOf(row.dropped) ?? 0),
  }));
  return { x, fps, drops };
}
