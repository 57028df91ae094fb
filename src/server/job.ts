import { z } from 'zod';
import type { Row } from '../engine.ts';
import { jobIdPattern } from '../events/index.ts';

export const jobIdSchema = z.string().regex(jobIdPattern, 'a job id: 1 to 128 of A-Z a-z 0-9 . _ : -, no dot in front');

export const jobStates = ['queued', 'running', 'done', 'error', 'cancelled'] as const;

const device = z.enum(['cpu', 'gpu']);

export const jobSchema = z.strictObject({
  job_id: z.string(),
  plugin: z.string(),
  tool: z.string().nullable().describe('null where only the plugin’s default was asked for, or nobody said'),
  device_requested: device.nullable(),
  device: device.nullable().describe('what it runs on; null while that is not known'),
  fallback: z.boolean().nullable().describe('whether it runs on another device than asked for'),
  fallback_reason: z.string().nullable(),
  status: z.enum(jobStates),
  created_at: z.iso.datetime(),
  completed_at: z.iso.datetime().nullable(),
  duration_ms: z.number().nullable(),
  error_message: z.string().nullable(),
  progress: z
    .strictObject({ frames_done: z.int().min(0), frames_total: z.int().min(0).nullable() })
    .nullable()
    .describe('of a job that this server runs'),
  has_input: z.boolean().describe('whether `/input` may give what it read'),
  has_video: z.boolean().describe('whether `/video` may give its annotated video'),
  request_id: z.string().nullable(),
});

export type Job = z.infer<typeof jobSchema>;
export type JobState = Job['status'];

/** A job as the warehouse tells of it. */
export interface JobRecord extends Omit<Job, 'progress' | 'has_input' | 'has_video'> {
  /** What it reads, as the job said: to be believed only below folders that may be read. */
  readonly input: string | null;
  /** Where it was to save its annotated video. */
  readonly video: string | null;
}

/** @param mayHold whether a path may be read for somebody outside */
export function jobOf(
  { input, video, ...job }: JobRecord,
  mayHold: (path: string) => boolean,
  progress: Job['progress'] = null,
): Job {
  const has_video = video !== null && job.status === 'done' && mayHold(video);
  return { ...job, progress, has_input: input !== null && mayHold(input), has_video };
}

/** A row of `sql/serve/jobs_of_changed.sql`. */
export function recordOf(row: Row): JobRecord {
  return {
    job_id: String(row.job_id),
    plugin: String(row.plugin),
    tool: textOf(row.tool),
    device_requested: deviceOf(row.device_requested),
    device: deviceOf(row.device),
    fallback: typeof row.fallback === 'boolean' ? row.fallback : null,
    fallback_reason: textOf(row.fallback_reason),
    status: stateOf(row.status),
    created_at: String(row.created_at),
    completed_at: textOf(row.completed_at),
    duration_ms: typeof row.duration_ms === 'number' ? row.duration_ms : null,
    error_message: textOf(row.error_message),
    request_id: textOf(row.request_id),
    input: textOf(row.input),
    video: textOf(row.video),
  };
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** A foreign writer may have named a provider there. */
const deviceOf = (value: unknown): Job['device'] => device.safeParse(value).data ?? null;

const stateOf = (value: unknown): JobState => jobStates.find((state) => state === value) ?? 'running';
