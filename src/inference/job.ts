import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { v7 as uuidv7 } from 'uuid';
import { openJobEmitter } from '../emitters/index.ts';
import { messageOf, SiltstoneError } from '../errors.ts';
import { jobIdPattern } from '../events/index.ts';
import { readSettings } from '../settings.ts';
import { lastOutput } from './child-output.ts';
import { elapsedMs } from './clock.ts';
import { askedOf, type Device, type Provider } from './device.ts';
import { cancelMessage, type JobMessage, type JobProgress, type JobRequest, type JobResult } from './job-messages.ts';
import { partPathOf } from './media/whole-file.ts';
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
  /** Fails the job instead of running it on another device. */
  readonly strictDevice?: boolean;
  readonly framesMax?: number;
  /** Threads of the model, and of the video decoder. */
  readonly threads?: number;
  /** Folders of plugins beside the built-in ones. */
  readonly pluginDirs?: readonly string[];
  /** As the setting `probe_cache`, which it is by default. */
  readonly probeCache?: string;
  /** Saves a frame with its overlay as PNG or JPEG: this one, or the last where the input is shorter. */
  readonly still?: { readonly frame: number; readonly path: string };
  /** Saves all frames with their overlay as MP4. */
  readonly video?: string;
  readonly onProgress?: (progress: JobProgress) => void;
  /** Cancels the job. */
  readonly signal?: AbortSignal;
}

interface Ended {
  readonly result: JobResult | undefined;
  readonly reason: string;
}

const childPath = fileURLToPath(new URL('../../dist/inference/job-process.js', import.meta.url));
/** What a cancelled job may take to finish its frame and to write its last events. */
const cancelWaitMs = 3_000;

/**
 * Runs one job in a process of its own, and records everything that happens to it in the warehouse. However the job
 * ends, this gives a result: an error, a crash or a cancel is a status and no exception.
 * @throws SiltstoneError `bad_usage` for a bad job id, or what the emitter throws where nothing can be recorded
 */
export async function runJob(options: JobOptions): Promise<JobResult> {
  const request = requestOf(options);
  const startedAt = performance.now();
  const child = fork(childPath, [JSON.stringify(request)], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const { result, reason } = await attend(child, options);
  if (result !== undefined) return result;
  await removeParts(request);
  const status = options.signal?.aborted ? 'cancelled' : 'error';
  return recordLost(request, { status, reason, durationMs: elapsedMs(startedAt) });
}

function requestOf(options: JobOptions): JobRequest {
  const { plugin, tool, framesMax, still, video, jobId = uuidv7(), threads = 1, device = 'cpu' } = options;
  if (!jobIdPattern.test(jobId)) {
    throw new SiltstoneError('bad_usage', `${JSON.stringify(jobId)} is no job id: it does not match ${jobIdPattern}`);
  }
  const { probe_cache } = readSettings({ probe_cache: options.probeCache });
  return {
    warehouse: resolve(options.warehouse),
    jobId,
    plugin,
    pluginDirs: (options.pluginDirs ?? []).map((dir) => resolve(dir)),
    tool,
    input: resolve(options.input),
    device: askedOf(device).device,
    providers: typeof device === 'string' ? undefined : [...device],
    strictDevice: options.strictDevice ?? false,
    probeCache: probeCachePath(probe_cache),
    threads,
    framesMax,
    still: still && { frame: still.frame, path: resolve(still.path) },
    video: video && resolve(video),
  };
}

/** Waits for the end of the process, hands progress on, and cancels when asked to: kindly first, then by force. */
async function attend(child: ChildProcess, { onProgress, signal }: JobOptions): Promise<Ended> {
  const output = lastOutput(child.stderr);
  let result: JobResult | undefined;
  child.on('message', (message: JobMessage) => {
    if (message.type === 'result') result = message.result;
    else onProgress?.(message.progress);
  });
  let timer: NodeJS.Timeout | undefined;
  const cancel = () => {
    // The process may end between the two: that it can no longer be told is then no loss.
    child.send(cancelMessage, () => {});
    timer = setTimeout(() => child.kill('SIGKILL'), cancelWaitMs);
  };
  if (signal?.aborted) cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  const ending = await endingOf(child);
  clearTimeout(timer);
  signal?.removeEventListener('abort', cancel);
  return { result, reason: [`the process of the job ${ending}`, output()].filter(Boolean).join(': ') };
}

async function endingOf(child: ChildProcess): Promise<string> {
  try {
    const [code, endedBy] = await once(child, 'close');
    return endedBy === null ? `exited with code ${code}` : `was ended by ${endedBy}`;
  } catch (error) {
    return `could not be started: ${messageOf(error)}`;
  }
}

interface Lost {
  readonly status: 'error' | 'cancelled';
  readonly reason: string;
  readonly durationMs: number;
}

/** What a process that was killed had begun to write. */
async function removeParts({ still, video, jobId }: JobRequest): Promise<void> {
  const begun = [still?.path, video].filter((path) => path !== undefined);
  await Promise.all(begun.map((path) => rm(partPathOf(path, jobId), { force: true })));
}

/** A process that was killed cannot say so itself: its end is told in a stream of this process. */
function recordLost(request: JobRequest, { status, reason, durationMs }: Lost): JobResult {
  const { warehouse, jobId, plugin, device, input } = request;
  const emitter = openJobEmitter({ warehouse, jobId, plugin, processName: 'job-parent', strict: true });
  emitter.status({ device, status, input, duration_ms: durationMs, error_message: reason });
  emitter.close();
  const error = { code: 'job_failed', message: reason };
  return { jobId, status, durationMs, frameCount: 0, detectionCount: 0, issueCount: 0, error };
}
