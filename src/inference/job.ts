import { resolve } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { openJobEmitter } from '../emitters/index.ts';
import { SiltstoneError } from '../errors.ts';
import { jobIdPattern } from '../events/index.ts';
import { readSettings, type Settings } from '../settings.ts';
import { attendJob, type Ended } from './attend-job.ts';
import { elapsedMs } from './clock.ts';
import { askedOf, type Device, type Provider } from './device.ts';
import { emitterOf, filesOf, type JobProgress, type JobRequest, type JobResult, queuedStatus } from './job-messages.ts';
import { jobsAtOnce, mustWait, takeTurn } from './job-slots.ts';
import { removeBegun } from './media/whole-file.ts';
import { type LayerToggles, togglesOf } from './overlay/layers.ts';
import { probeCachePath } from './probe-cache.ts';

export interface JobOptions {
  readonly warehouse: string;
  /** Id of the plugin. */
  readonly plugin: string;
  /** Path of a picture, a video or a folder of pictures, or a pattern of pictures. */
  readonly input: string;
  /** Or execution providers, to be tried in this order. */
  readonly device?: Device | readonly Provider[];
  /** The plugin's first where it is left out. */
  readonly tool?: string;
  readonly jobId?: string;
  /** Stands in each event of the job. */
  readonly requestId?: string;
  /** Fails the job instead of running it on another device. */
  readonly strictDevice?: boolean;
  /** Ends the job as an error at the first frame whose output has an issue; by default as the settings say. */
  readonly strict?: boolean;
  readonly framesMax?: number;
  /** Threads of the model, and of the video decoder; by default as the settings say. */
  readonly threads?: number;
  /** Limits of time and memory, and how many jobs run at once; by default as the environment says. */
  readonly settings?: Settings;
  /** Folders of plugins beside the built-in ones. */
  readonly pluginDirs?: readonly string[];
  /** Saves a frame with its overlay as PNG or JPEG: this one, or the last where the input is shorter. */
  readonly still?: { readonly frame: number; readonly path: string };
  /** Saves all frames with their overlay as MP4. */
  readonly video?: string;
  /** Turns layers of the overlay on or off; the others are as the setting and the plugin’s manifest say. */
  readonly layers?: LayerToggles;
  /** Frames of each second of the input that are drawn, at most; by default as the settings say. */
  readonly fpsMax?: number;
  readonly onProgress?: (progress: JobProgress) => void;
  /** Cancels the job. */
  readonly signal?: AbortSignal;
}

/**
 * Runs one job in a process of its own, and records everything that happens to it in the warehouse. However the job
 * ends, this gives a result: an error, a crash or a cancel is a status and no exception.
 * @throws SiltstoneError `bad_usage` for a bad job id, or what the emitter throws where nothing can be recorded
 */
export async function runJob(options: JobOptions): Promise<JobResult> {
  const { settings = readSettings() } = options;
  const isQueued = mustWait(jobsAtOnce(settings.jobs_at_once));
  return isQueued ? queueJob(options).run() : runRequest(requestOf(options, settings), options, settings);
}

/** A job of which the warehouse knows. */
export interface QueuedJob {
  readonly jobId: string;
  /** Waits for its turn and runs it, as `runJob` does. To be called once. */
  run(): Promise<JobResult>;
}

/**
 * Records durably that a job is queued, whether it would have to wait or not: whoever was told of it finds it, even after a
 * power cut.
 * @throws as `runJob`
 */
export function queueJob(options: JobOptions): QueuedJob {
  const { settings = readSettings() } = options;
  const request = { ...requestOf(options, settings), isQueued: true };
  recordQueued(request);
  return { jobId: request.jobId, run: () => runRequest(request, options, settings) };
}

async function runRequest(request: JobRequest, options: JobOptions, settings: Settings): Promise<JobResult> {
  const { onProgress, signal } = options;
  const countMax = jobsAtOnce(settings.jobs_at_once);
  const giveBack = await takeTurn(countMax, signal);
  if (giveBack === undefined) return recordLost(request, neverStarted, { isCancelled: true, durationMs: 0 });
  const startedAt = performance.now();
  try {
    const ended = await attendJob(request, { limits: settings, onProgress, signal });
    if (ended.result !== undefined) return ended.result;
    await removeBegun(request.jobId, filesOf(request));
    return recordLost(request, ended, { isCancelled: signal?.aborted ?? false, durationMs: elapsedMs(startedAt) });
  } finally {
    giveBack();
  }
}

/** Of a job that was cancelled while it waited for its turn. */
const neverStarted: Ended = {
  result: undefined,
  verdict: undefined,
  reason: 'it was cancelled before its turn',
  signal: undefined,
  counts: { frameCount: 0, detectionCount: 0, issueCount: 0 },
};

function recordQueued(request: JobRequest): void {
  const emitter = openJobEmitter({
    ...emitterOf(request),
    processName: 'job-parent',
    strict: true,
    durability: 'fsync',
  });
  emitter.status(queuedStatus(request));
  emitter.close();
}

function requestOf(options: JobOptions, settings: Settings): JobRequest {
  const { plugin, tool, framesMax, still, video, jobId = uuidv7(), device = 'cpu' } = options;
  if (!jobIdPattern.test(jobId)) {
    throw new SiltstoneError('bad_usage', `${JSON.stringify(jobId)} is no job id: it does not match ${jobIdPattern}`);
  }
  return {
    warehouse: resolve(options.warehouse),
    jobId,
    requestId: options.requestId,
    isQueued: false,
    plugin,
    pluginDirs: (options.pluginDirs ?? []).map((dir) => resolve(dir)),
    tool,
    input: resolve(options.input),
    device: askedOf(device).device,
    providers: typeof device === 'string' ? undefined : [...device],
    strictDevice: options.strictDevice ?? false,
    strict: options.strict ?? settings.strict === 'on',
    keepRaw: settings.keep_raw,
    probeCache: probeCachePath(settings.probe_cache),
    threads: options.threads ?? settings.job_threads,
    framesAhead: settings.frames_ahead,
    framesMax,
    still: still && { frame: still.frame, path: resolve(still.path) },
    video: video && resolve(video),
    overlay: {
      layers: { ...togglesOf(settings.overlay_layers), ...options.layers },
      fpsMax: options.fpsMax ?? settings.overlay_max_fps,
      deadlineMs: settings.overlay_deadline_ms,
      trailFrames: settings.overlay_trail_frames,
    },
  };
}

interface Loss {
  readonly isCancelled: boolean;
  readonly durationMs: number;
}

/** A process that was killed cannot say so itself: its end is told in a stream of this process. */
function recordLost(request: JobRequest, ended: Ended, { isCancelled, durationMs }: Loss): JobResult {
  const { jobId, device, input } = request;
  const { verdict, counts, signal } = ended;
  const status = isCancelled && verdict === undefined ? 'cancelled' : 'error';
  const code = verdict?.code ?? 'job_failed';
  const lastFrame = counts.frameCount === 0 ? undefined : counts.frameCount - 1;
  const place = lastFrame === undefined ? 'no frame was done' : `frame ${lastFrame} was the last that was done`;
  const message = `${verdict?.message ?? ended.reason}; ${place}`;
  const emitter = openJobEmitter({ ...emitterOf(request), processName: 'job-parent', strict: true });
  const attrs = { code, signal, last_frame_index: lastFrame };
  emitter.status({ device, status, input, duration_ms: durationMs, error_message: message, attrs });
  emitter.close();
  return { jobId, status, durationMs, ...counts, error: { code, message } };
}
