import type { Cell } from '../../api/types.ts';
import { moment } from '../../format.ts';
import { Panel } from '../../parts/panel.tsx';
import { useQuery } from '../../parts/use-query.ts';
import ledgerSql from '../../sql/device_ledger.sql?raw';
import type { JobPartProps } from './job.tsx';

type Decision = Readonly<
  Record<'created_at' | 'device_requested' | 'device_used' | 'provider' | 'fallback' | 'attempts' | 'reason', Cell>
>;

interface Attempt {
  readonly provider?: string;
  readonly ok?: boolean;
  readonly reason?: string;
  readonly output?: string;
}

/** What was asked, what was tried, what ran: each attempt with the words it failed with. */
export function DeviceLedger({ job, turn }: JobPartProps) {
  const { rows } = useQuery<Decision>(ledgerSql, { job: job.job_id }, turn);
  return (
    <Panel title="Device ledger" note="what was asked, what was tried, what ran">
      {rows?.length === 0 && <p class="quiet">No device was chosen for this job.</p>}
      <ol class="ledger">
        {rows?.map((row, i) => (
          <li key={i}>
            <p>
              <span class="quiet">{moment(`${String(row.created_at).replace(' ', 'T')}Z`)}</span>{' '}
              {String(row.device_requested)} → <strong>{String(row.device_used)}</strong>
              {row.provider !== null && <span class="quiet"> by {String(row.provider)}</span>}
              {row.fallback === true && <span class="fallback-word">a fallback</span>}
            </p>
            <ul class="attempts">
              {attemptsOf(row.attempts).map(({ provider, ok, reason, output }) => (
                <li key={provider}>
                  <span class={`status status-${ok === true ? 'done' : 'error'}`}>{provider}</span>
                  <span class="quiet">{ok === true ? 'runs' : [reason, output].filter(Boolean).join(' · ')}</span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function attemptsOf(cell: Cell): readonly Attempt[] {
  try {
    const value: unknown = typeof cell === 'string' ? JSON.parse(cell) : cell;
    return Array.isArray(value) ? (value as readonly Attempt[]) : [];
  } catch {
    // Foreign writers may put anything here; the reason stands beside it.
    return [];
  }
}
