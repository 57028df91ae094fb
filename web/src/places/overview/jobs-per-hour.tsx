import { useMemo } from 'preact/hooks';
import { numberOf } from '../../api/client.ts';
import type { Cell } from '../../api/types.ts';
import { count } from '../../format.ts';
import { Chart } from '../../parts/chart.tsx';
import { Panel } from '../../parts/panel.tsx';
import { useQuery } from '../../parts/use-query.ts';
import jobsPerHourSql from '../../sql/jobs_per_hour.sql?raw';

export interface SpanProps {
  readonly hours: number;
  readonly turn: number;
}

const states = [
  ['done', 3],
  ['error', 6],
  ['cancelled', 4],
  ['unfinished', 2],
] as const;

type Hour = Readonly<Record<'hour' | 'done' | 'error' | 'cancelled' | 'unfinished', Cell>>;

export function JobsPerHour({ hours, turn }: SpanProps) {
  const { rows } = useQuery<Hour>(jobsPerHourSql, { hours }, turn);
  const { x, series } = useMemo(() => hoursOf(rows ?? [], hours), [rows, hours]);
  return (
    <Panel title="Jobs per hour" note="by how they ended" class="wide">
      <Chart
        label="Jobs begun in each hour, by how they ended"
        xLabel="hour"
        kind="bars"
        isTime
        format={count}
        {...{ x, series }}
      />
    </Panel>
  );
}

/** Hours without a job are noughts, not gaps. */
function hoursOf(rows: readonly Hour[], hours: number) {
  const found = new Map(rows.map((row) => [numberOf(row.hour) ?? 0, row]));
  const last = Math.floor(Date.now() / 3_600_000) * 3_600;
  const x = Array.from({ length: hours }, (_, i) => last - (hours - 1 - i) * 3_600);
  const series = states.map(([name, colour]) => ({
    label: name,
    colour,
    values: x.map((hour) => numberOf(found.get(hour)?.[name]) ?? 0),
  }));
  return { x, series };
}
