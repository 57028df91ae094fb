import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const lineSchema = z.looseObject({
  event: z.string(),
  job_id: z.string(),
  attrs: z.record(z.string(), z.unknown()).optional(),
});

export type Line = z.infer<typeof lineSchema>;

/** Every event of a job, stream after stream; a torn last line is none. */
export function readEvents(warehouse: string, jobId: string): readonly Line[] {
  const folder = join(warehouse, 'inbox', jobId);
  const texts = readdirSync(folder)
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'));
  return texts.flatMap((text) => text.split('\n').slice(0, -1)).map((line) => lineSchema.parse(JSON.parse(line)));
}

export const ofKind = (events: readonly Line[], kind: string): readonly Line[] =>
  events.filter(({ event }) => event === kind);

/** The states of the job in the order they were written. */
export const statusesOf = (events: readonly Line[]) => ofKind(events, 'job.status').map(({ status }) => status);
