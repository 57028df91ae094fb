import { useMemo } from 'preact/hooks';
import { numberOf } from '../../api/client.ts';
import type { Cell } from '../../api/types.ts';
import { count, milliseconds } from '../../format.ts';
import { Chart } from '../../parts/chart.tsx';
import { Panel } from '../../parts/panel.tsx';
import { PlainTable } from '../../parts/plain-table.tsx';
import { useQuery } from '../../parts/use-query.ts';
import { goTo, linkTo } from '../../router.ts';
import percentilesSql from '../../sql/stage_percentiles.sql?raw';
import stagesSql from '../../sql/stage_times.sql?raw';
import type { JobPartProps } from './job.tsx';
import { useStep } from './use-step.ts';

const stages = ['preprocess', 'inference', 'postprocess', 'rest', 'render'] as const;

type Stages = Readonly<Record<'frame' | (typeof stages)[number], Cell>>;
type Percentiles = Readonly<Record<'stage' | 'frames' | 'mean' | 'p50' | 'p90' | 'p99' | 'longest', Cell>>;

export function StagesPanel({ job, turn }: JobPartProps) {
  const step = useStep(job, turn);
  const { rows } = useQuery<Stages>(stagesSql, { job: job.job_id, step }, turn);
  const { x, series } = useMemo(() => seriesOf(rows ?? []), [rows]);
  const percentiles = useQuery<Percentiles>(percentilesSql, { job: job.job_id }, turn).rows;
  return (
    <Panel
      title="Stages of each frame"
      note={step > 1 ? `means of ${step} frames; click for the player` : 'click a frame to see it in the player'}
      class="wide"
    >
      <Chart
        label="Time of each stage for each frame, stacked"
        xLabel="frame"
        kind="stack"
        format={milliseconds}
        onPick={(frame) => goTo(linkTo.player(job.job_id, frame))}
        {...{ x, series }}
      />
      <PlainTable<Percentiles>
        label="Times by stage"
        rows={percentiles}
        rowKey={({ stage }) => String(stage)}
        columns={[
          { label: 'stage', cell: ({ stage }) => String(stage) },
          { label: 'frames', isNumber: true, cell: ({ frames }) => count(numberOf(frames)) },
          ...(['mean', 'p50', 'p90', 'p99', 'longest'] as const).map((name) => ({
            label: name,
            isNumber: true,
            cell: (row: Percentiles) => milliseconds(numberOf(row[name])),
          })),
        ]}
      />
    </Panel>
  );
}

/** A stage that no frame had is left out. */
function seriesOf(rows: readonly Stages[]) {
  const series = stages.map((name, i) => ({
    label: name,
    colour: i + 1,
    values: rows.map((row) => numberOf(row[name])),
  }));
  return {
    x: rows.map(({ frame }) => numberOf(frame) ?? 0),
    series: series.filter(({ values }) => values.some((value) => value !== null)),
  };
}
