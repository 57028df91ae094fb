import { z } from 'zod';
import { integer, jsonObject, pattern, text, timestamp } from './fields.ts';

/** The longest line that is read as an event, `\n` included. */
export const lineBytesMax = 1024 * 1024;

/** `noun.word`, lower case, at most 64 characters. The dot may be missing (`log`, `detection`) or repeated. */
export const eventPattern = /^[a-z][a-z0-9_.]{0,63}$/;

/** Safe as a folder's name: a path may be built from it once it matches. */
export const jobIdPattern = /^[A-Za-z0-9_:-][A-Za-z0-9._:-]{0,127}$/;

/** Times outside these years are taken for mistakes: a wild clock must not open partitions of its own. */
export const tsYearMin = 2000;
export const tsYearMax = 2099;

/** Fields that every event has, before the kind's own. */
export const envelope = z.object({
  event: pattern(eventPattern, 'kind of the event'),
  job_id: pattern(jobIdPattern, 'the job; the inbox folder’s name where it is left out').nullish(),
  seq: integer('number of the line in its stream, from 0').nullish(),
  ts: timestamp('when it happened, ISO 8601 UTC with ms or µs'),
  request_id: text('correlates events across jobs').nullish(),
  attrs: jsonObject('anything else').nullish(),
});

export type Envelope = z.infer<typeof envelope>;
