import { useState } from 'preact/hooks';
import { numberOf } from '../../api/client.ts';
import type { Cell } from '../../api/types.ts';
import { count, percent } from '../../format.ts';
import { Empty, ProblemNote } from '../../parts/empty.tsx';
import { Figure } from '../../parts/figure.tsx';
import { useEvery } from '../../parts/use-every.ts';
import { useQuery } from '../../parts/use-query.ts';
import totalsSql from '../../sql/totals.sql?raw';
import { DevicesPanel } from './devices-panel.tsx';
import { JobsPerHour } from './jobs-per-hour.tsx';
import { LatencyPanel } from './latency-panel.tsx';
import './overview.css';
import { StoragePanel } from './storage-panel.tsx';

const spans = [
  [24, '24 hours'],
  [24 * 7, '7 days'],
  [24 * 30, '30 days'],
] as const;

const againMs = 15_000;

type Totals = Readonly<Record<'jobs' | 'done' | 'errors' | 'decisions' | 'fallbacks', Cell>>;

export function Overview() {
  const [hours, setHours] = useState<number>(spans[0][0]);
  const [turn, setTurn] = useState(0);
  useEvery(() => setTurn((before) => before + 1), againMs);
  const { rows, problem } = useQuery<Totals>(totalsSql, { hours }, turn);
  const totals = rows?.[0];
  const hasJobs = totals === undefined || (numberOf(totals.jobs) ?? 0) > 0 || hours !== spans[0][0];
  return (
    <>
      <header class="page-head">
        <h1>Overview</h1>
        <fieldset class="spans push">
          <legend class="sr-only">Time that is shown</legend>
          {spans.map(([value, label]) => (
            <button
              key={value}
              type="button"
              class="toggle"
              aria-pressed={value === hours}
              onClick={() => setHours(value)}
            >
              {label}
            </button>
          ))}
        </fieldset>
      </header>
      {problem !== undefined && <ProblemNote problem={problem} />}
      {!hasJobs && (
        <Empty title="No job began in the last 24 hours" command="siltstone run player-tracker samples/football.mp4">
          Look further back, or start one:
        </Empty>
      )}
      <Figures totals={totals} />
      <div class="overview-grid">
        <JobsPerHour {...{ hours, turn }} />
        <LatencyPanel {...{ hours, turn }} />
        <DevicesPanel {...{ hours, turn }} />
        <StoragePanel turn={turn} />
      </div>
    </>
  );
}

function Figures({ totals }: { readonly totals: Totals | undefined }) {
  const [jobs, errors, decisions, fallbacks] = [totals?.jobs, totals?.errors, totals?.decisions, totals?.fallbacks].map(
    numberOf,
  );
  const ratio = (part: number | null | undefined, whole: number | null | undefined) =>
    part === null || part === undefined || !whole ? undefined : part / whole;
  return (
    <dl class="figures">
      <Figure label="jobs" value={count(jobs)} note={totals && `${count(numberOf(totals.done))} done`} />
      <Figure
        label="failed"
        value={percent(ratio(errors, jobs))}
        note={`${count(errors)} jobs`}
        isBad={(errors ?? 0) > 0}
      />
      <Figure
        label="fell back to another device"
        value={percent(ratio(fallbacks, decisions))}
        note={`${count(fallbacks)} of ${count(decisions)} choices`}
        isBad={false}
      />
    </dl>
  );
}
