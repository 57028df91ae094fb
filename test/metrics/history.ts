import { merge } from '../../src/compactor/index.ts';
import type { Followed, Follower } from '../../src/metrics/follow.ts';
import { compacted, tempEngine, tempReader, tempWarehouse, type Warehouse } from '../make/warehouse.ts';
import { writeJob } from '../query/jobs.ts';
import { randomFrom } from '../simulator/random.ts';
import { startFollower } from './totals.ts';

/** What a server showed after a step, and what SQL said. */
export interface Moment {
  readonly step: string;
  readonly followed: Followed;
  readonly sql: Readonly<Record<string, number>>;
}

/** Jobs, compactions, merges and restarts in an order that a seed decides. */
export async function history(seed: number, steps: number): Promise<readonly Moment[]> {
  const warehouse = tempWarehouse();
  const engine = await tempEngine();
  const reader = await tempReader(warehouse);
  const random = randomFrom(seed);
  const moments: Moment[] = [];
  let follower: Follower = await startFollower(warehouse);
  const does = {
    job: async (i: number) => writeJob(warehouse, `job-${i}`),
    lines: async (i: number) => appendStatus(warehouse, i),
    compact: async () => void (await compacted(warehouse, { engine })),
    merge: async () => void (await merge({ ...warehouse, engine })),
    restart: async () => {
      follower = await startFollower(warehouse);
    },
  };
  const names = Object.keys(does) as (keyof typeof does)[];
  for (let i = 0; i < steps; i += 1) {
    const step = names[random.below(names.length)] ?? 'job';
    await does[step](i);
    const followed = await follower.follow();
    const [sql = {}] = await reader.rows(`select count(*)::int as events,
      (select count(*)::int from job_metrics where completed_at is not null) as jobs,
      (select count(*)::int from plugin_metrics) as runs from events`);
    moments.push({ step, followed, sql: sql as Moment['sql'] });
  }
  return moments;
}

/** States of a few jobs in streams of several writers, out of order and more than once. */
function appendStatus({ append }: Warehouse, i: number): void {
  const status = ['running', 'done', 'queued', 'error', 'done'][i % 5];
  const line = { event: 'job.status', ts: '2026-11-23T14:05:00.000Z', plugin: 'p', device: 'cpu', status };
  append(`shared-${i % 3}/${i % 2}.ndjson`, `${JSON.stringify(line)}\n`);
}
