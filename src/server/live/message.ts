import type { Row } from '../../engine.ts';
import { lakeColumns } from '../../events/index.ts';
import type { Job } from '../job.ts';

/** What a looker-on may leave out: kinds and jobs; of an empty list, nothing is left out. */
export interface Wanted {
  readonly kinds: readonly string[];
  readonly jobIds: readonly string[];
}

/** One message to all who look on, made once. */
export interface Message {
  /** Counts within one run of the feed. */
  readonly number: number;
  readonly jobId: string;
  /** The event's kind; undefined for a job. */
  readonly kind: string | undefined;
  /** As it goes over the wire. */
  readonly text: string;
}

/** A place in the messages, as Last-Event-ID carries it: `<ts_us>-<epoch>-<n>`. */
export interface Place {
  readonly tsUs: number;
  readonly epoch: string;
  readonly number: number;
}

export const isWanted = ({ kind, jobId }: Message, { kinds, jobIds }: Wanted): boolean =>
  (jobIds.length === 0 || jobIds.includes(jobId)) && (kind === undefined || kinds.length === 0 || kinds.includes(kind));

export function eventMessage(row: Row, { epoch, number }: Omit<Place, 'tsUs'>): Message {
  const { ts_us, came_count: _, ...fields } = row;
  const data = JSON.stringify(Object.fromEntries(Object.entries(fields).flatMap(presentField)));
  const id = `${String(ts_us)}-${epoch}-${number}`;
  const text = `id: ${id}\nevent: event\ndata: ${data}\n\n`;
  return { number, jobId: String(row.job_id), kind: String(row.event), text };
}

export function jobMessage(job: Job, { tsUs, epoch, number }: Place): Message {
  const text = `id: ${tsUs}-${epoch}-${number}\nevent: job\ndata: ${JSON.stringify(job)}\n\n`;
  return { number, jobId: job.job_id, kind: undefined, text };
}

export const gapText = (dropped: number): string => `event: gap\ndata: ${JSON.stringify({ dropped })}\n\n`;

export const pingText = ': ping\n\n';

export function placeIn(lastEventId: string | undefined): Place | undefined {
  const [, tsUs, epoch, number] = /^(\d{1,16})-([0-9a-f]{8})-(\d{1,15})$/.exec(lastEventId ?? '') ?? [];
  return epoch === undefined ? undefined : { tsUs: Number(tsUs), epoch, number: Number(number) };
}

const jsonColumns: ReadonlySet<string> = new Set(
  lakeColumns.filter(({ type }) => type === 'JSON').map(({ name }) => name),
);
/** What tells where a line lies, and not what happened. */
const leftOut: ReadonlySet<string> = new Set(['date', 'hot', 'stream']);

function presentField([name, value]: [string, unknown]): [string, unknown][] {
  if (value === null || leftOut.has(name)) return [];
  if (jsonColumns.has(name) && typeof value === 'string') return [[name, JSON.parse(value)]];
  return [[name, value]];
}
