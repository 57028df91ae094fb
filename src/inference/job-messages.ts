import { z } from 'zod';
import { errorCodes } from '../errors.ts';
import { type DeviceChoice, providerNames } from './device.ts';
import { layerNames } from './overlay/layers.ts';

/** What the process of a job is told when it starts. Paths are absolute. */
export const jobRequestSchema = z.strictObject({
  warehouse: z.string(),
  jobId: z.string(),
  /** Stands in each of its events. */
  requestId: z.string().optional(),
  /** Whether that it is queued has been recorded. */
  isQueued: z.boolean(),
  plugin: z.string(),
  pluginDirs: z.array(z.string()),
  tool: z.string().optional(),
  input: z.string(),
  device: z.enum(['cpu', 'gpu']),
  /** Where these and no device were asked for: the device is then that of the first. */
  providers: z.array(z.enum(providerNames)).min(1).optional(),
  strictDevice: z.boolean(),
  /** Ends the job as an error at the first frame with an issue. */
  strict: z.boolean(),
  keepRaw: z.enum(['always', 'issues', 'never']),
  /** File of the probes of this machine. */
  probeCache: z.string().optional(),
  threads: z.int().min(1),
  framesAhead: z.int().min(1),
  framesMax: z.int().min(1).optional(),
  still: z.strictObject({ frame: z.int().min(0), path: z.string() }).optional(),
  video: z.string().optional(),
  overlay: z.strictObject({
    /** What is not named is as the manifest says. */
    layers: z.partialRecord(z.enum(layerNames), z.boolean()),
    /** 0 for all. */
    fpsMax: z.number().min(0),
    /** 0 for any. */
    deadlineMs: z.number().min(0),
    trailFrames: z.int().min(0),
  }),
});

export type JobRequest = z.infer<typeof jobRequestSchema>;

/** Its first state. The files are told before they are begun: a crash may leave a part of one. */
export function queuedStatus(request: JobRequest) {
  const { device, input, tool, video } = request;
  const files = filesOf(request);
  const attrs = { ...(files.length > 0 && { files }), ...(video && { video }), ...(tool && { tool }) };
  return { device, status: 'queued', input, ...(Object.keys(attrs).length > 0 && { attrs }) } as const;
}

/** Who a job's events are from. */
export const emitterOf = ({ warehouse, jobId, requestId, plugin }: JobRequest) => ({
  warehouse,
  jobId,
  requestId,
  plugin,
});

/** What it is asked to save. */
export const filesOf = ({ still, video }: JobRequest): readonly string[] =>
  [still?.path, video].filter((path) => path !== undefined);

export interface JobProgress {
  readonly framesDone: number;
  /** Absent where the input does not say how long it is. */
  readonly framesTotal?: number;
}

export type JobStatus = 'done' | 'error' | 'cancelled';

/** How a job ended. */
export interface JobResult {
  readonly jobId: string;
  readonly status: JobStatus;
  readonly durationMs: number;
  readonly frameCount: number;
  readonly detectionCount: number;
  readonly issueCount: number;
  /** Absent where the job ended before the device was chosen. */
  readonly device?: DeviceChoice;
  /** The annotated picture that was asked for. */
  readonly stillPath?: string;
  /** The annotated video that was asked for; a job that does not end as `done` leaves none. */
  readonly videoPath?: string;
  /** What the input left out, and why; absent where it was all read. */
  readonly notes?: readonly string[];
  readonly error?: { readonly code: string; readonly message: string };
}

/** What came out of a job so far. */
export type JobCounts = Pick<JobResult, 'frameCount' | 'detectionCount' | 'issueCount'>;

/** What the process of a job says to the one that started it. */
export type JobMessage =
  /** Everything is open, and the first frame is next. */
  | { readonly type: 'running' }
  | { readonly type: 'progress'; readonly progress: JobProgress; readonly counts: JobCounts }
  /** The last frame is done. */
  | { readonly type: 'closing' }
  | { readonly type: 'result'; readonly result: JobResult };

/** What it is told: to end, as cancelled or as an error. */
export const jobOrderSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('cancel') }),
  z.object({ type: z.literal('fail'), code: z.enum(errorCodes), message: z.string() }),
]);

export type JobOrder = z.infer<typeof jobOrderSchema>;
