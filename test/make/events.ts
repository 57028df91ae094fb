import { examples } from '../../src/events/index.ts';

export type Line = Readonly<Record<string, unknown>>;

/** A line as an emitter writes it. */
export const lineOf = (event: Line): string => `${JSON.stringify(event)}\n`;

export const linesOf = (events: readonly Line[]): string => events.map(lineOf).join('');

const base = Date.parse('2026-11-23T14:05:00.000Z');

/** The `i`-th event of a job: every kind but `line.rejected` in turn, a ms apart. */
function makeEvent(jobId: string, i: number): Line {
  const lines = Object.values(examples)
    .map(({ line }) => line)
    .filter(({ event }) => event !== 'line.rejected');
  const line = lines[i % lines.length];
  return { ...line, job_id: jobId, seq: i, ts: new Date(base + i).toISOString() };
}

/** Events of some jobs by job id, each numbered from 0. */
export function makeEvents({ jobs = 1, events = 10 } = {}): ReadonlyMap<string, readonly Line[]> {
  const ids = Array.from({ length: jobs }, (_, j) => `job-${j + 1}`);
  return new Map(ids.map((id) => [id, Array.from({ length: events }, (_, i) => makeEvent(id, i))]));
}

/** A log line, the smallest event there is, with other fields on top. */
export function logLine(fields: Line = {}): Line {
  const { job_id = 'job-1', seq = 0, ...others } = fields;
  return { event: 'log', job_id, seq, ts: '2026-11-23T14:05:00.123Z', level: 'info', message: 'm', ...others };
}
