import { numberOf } from '../../api/client.ts';
import type { Cell, Job } from '../../api/types.ts';
import { useQuery } from '../../parts/use-query.ts';

const binsMax = 500;

const sql = 'select coalesce(max(frame_index), 0) + 1 as frame_span from plugin_runs where job_id = $job';

/** How many frames stand together, so that an hour is drawn as fast as a second. */
export function useStep({ job_id: job }: Job, turn: string): number {
  const { rows } = useQuery<{ readonly frame_span: Cell }>(sql, { job }, turn);
  return Math.max(1, Math.ceil((numberOf(rows?.[0]?.frame_span) ?? 1) / binsMax));
}
