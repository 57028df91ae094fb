import { numberOf } from '../../api/client.ts';
import type { Cell } from '../../api/types.ts';
import { count, milliseconds } from '../../format.ts';
import { Figure } from '../../parts/figure.tsx';
import { useQuery } from '../../parts/use-query.ts';
import totalsSql from '../../sql/job_totals.sql?raw';
import type { JobPartProps } from './job.tsx';

type Totals = Readonly<Record<'frames' | 'detections' | 'issues' | 'dropped', Cell>>;

export function JobFigures({ job, turn }: JobPartProps) {
  const { rows } = useQuery<Totals>(totalsSql, { job: job.job_id }, turn);
  const totals = rows?.[0];
  const frames = numberOf(totals?.frames);
  const rate = frames === null || !job.duration_ms ? undefined : (frames / job.duration_ms) * 1_000;
  return (
    <dl class="figures">
      <Figure label="took" value={milliseconds(job.duration_ms)} />
      <Figure label="frames" value={count(frames)} note={rate && `${rate.toFixed(1)} a second`} />
      <Figure label="detections" value={count(numberOf(totals?.detections))} />
      <Figure label="issues" value={count(numberOf(totals?.issues))} isBad={(numberOf(totals?.issues) ?? 0) > 0} />
      <Figure label="frames dropped in overlays" value={count(numberOf(totals?.dropped))} />
    </dl>
  );
}
