import type { JobEmitter } from '../emitters/index.ts';
import { messageOf, SiltstoneError } from '../errors.ts';
import type { FieldsOf } from '../events/index.ts';
import { elapsedMs, roundMs } from './clock.ts';
import type { DeviceChoice } from './device.ts';
import { makeFrameRate } from './frame-rate.ts';
import type { JobMessage, JobRequest } from './job-messages.ts';
import type { Frame, Pixels, StillFile } from './media/index.ts';
import { type Closable, openStages, type Stages } from './open-stages.ts';
import type { Overlay } from './overlay/draw.ts';
import type { ReadFrame } from './read-ahead.ts';
import type { ToolResult, TrackedDetection } from './tool-run.ts';
import type { TrackerOptions } from './track/options.ts';
import { untilAborted } from './until-aborted.ts';
import type { VideoBehind } from './write-behind.ts';

export interface PipelineJob {
  readonly request: JobRequest;
  readonly emitter: JobEmitter;
  readonly tally: Tally;
  readonly signal: AbortSignal;
  readonly say: (message: JobMessage) => void;
}

/** What has come out of a job so far; filled as it goes, so that a job that fails half-way still tells its half. */
export interface Tally {
  device?: DeviceChoice;
  frameCount: number;
  detectionCount: number;
  issueCount: number;
  stillPath?: string;
  videoPath?: string;
  notes?: readonly string[];
}

/** What is kept of how a job runs. */
type RunAttrs = Readonly<{ tracker: TrackerOptions }>;

/**
 * Input → frames → model → detections → overlay, each step of each frame told by an event.
 * @param onRunning called when everything is open and the first frame is next, with what is to be kept of how it runs
 * @throws SiltstoneError, or the reason of the signal
 */
export async function runPipeline(job: PipelineJob, onRunning: (attrs?: RunAttrs) => void): Promise<void> {
  const opened: Closable[] = [];
  try {
    const stages = await openStages(job, opened);
    onRunning(stages.tracker && { tracker: stages.tracker });
    await runFrames(job, stages);
  } finally {
    for (const one of opened.reverse()) await one.close();
  }
}

/** While a frame is in the model, those after it are decoded and the one before it is encoded, in threads of their own. */
async function runFrames(job: PipelineJob, stages: Stages): Promise<void> {
  const { request, tally, signal } = job;
  const framesTotal = lowest(stages.media.frameCount, request.framesMax);
  const frameRate = makeFrameRate(performance.now());
  let drawn: DrawnFrame | undefined;
  let finishing = Promise.resolve();
  for await (const frame of stages.media.frames) {
    signal.throwIfAborted();
    const detections = await runTool(job, stages, frame);
    drawn = drawFrame(stages.overlay, { frame, detections, frameRate });
    if (frame.index === request.still?.frame) await saveStill(job, stages.still, drawn.pixels);
    await finishing;
    finishing = finishFrame(job, stages, { drawn, framesTotal });
    // It is awaited after the next frame: until then its failure has nobody to hear it.
    finishing.catch(() => undefined);
    if (frame.index + 1 === request.framesMax) break;
  }
  await finishing;
  job.say({ type: 'closing' });
  if (tally.stillPath === undefined && drawn !== undefined) await saveStill(job, stages.still, drawn.pixels);
  await finishVideo(job, stages.video);
}

interface FinishedFrame {
  readonly drawn: DrawnFrame;
  readonly framesTotal: number | undefined;
}

/** The pixels are taken before it first waits. */
async function finishFrame(job: PipelineJob, { video }: Stages, { drawn, framesTotal }: FinishedFrame): Promise<void> {
  const { emitter, tally } = job;
  const encoding = video?.add({ ...drawn.pixels, timeMs: drawn.timeMs });
  // A crash in the next frame takes nothing of this one with it.
  await emitter.flush();
  const encodeMs = await encoding;
  emitter.overlayFrame({ ...drawn.event, ...(encodeMs !== undefined && { attrs: { encode_ms: roundMs(encodeMs) } }) });
  tally.frameCount++;
  await emitter.flush();
  tellProgress(job, framesTotal);
}

function tellProgress({ tally, say }: PipelineJob, framesTotal: number | undefined): void {
  const { frameCount, detectionCount, issueCount } = tally;
  const progress = { framesDone: frameCount, ...(framesTotal === undefined ? {} : { framesTotal }) };
  say({ type: 'progress', progress, counts: { frameCount, detectionCount, issueCount } });
}

async function runTool(job: PipelineJob, stages: Stages, frame: ReadFrame): Promise<readonly TrackedDetection[]> {
  const { provider, plugin, tool } = stages;
  const run = { plugin: plugin.manifest.id, tool, frame_index: frame.index, provider };
  const startedAt = performance.now();
  try {
    const result = await untilAborted(stages.runTool(frame), job.signal);
    job.emitter.pluginRun({
      ...run,
      success: true,
      duration_ms: elapsedMs(startedAt),
      preprocess_ms: roundMs(result.preprocessMs),
      inference_ms: roundMs(result.inferenceMs),
      postprocess_ms: roundMs(result.postprocessMs),
      attrs: {
        decode_ms: roundMs(frame.decodeMs),
        decode_wait_ms: roundMs(frame.waitMs),
        normalise_ms: roundMs(result.normaliseMs),
        track_ms: roundMs(result.trackMs),
      },
    });
    recordOutput(job, stages, frame, result);
    return result.detections;
  } catch (error) {
    // That the job was cancelled is no failure of the plugin.
    if (job.signal.aborted && error === job.signal.reason && !(error instanceof SiltstoneError)) throw error;
    const duration_ms = elapsedMs(startedAt);
    job.emitter.pluginRun({ ...run, success: false, duration_ms, error_message: messageOf(error) });
    throw error;
  }
}

function recordOutput(
  { emitter, tally }: PipelineJob,
  { plugin, tool }: Stages,
  frame: Frame,
  result: ToolResult,
): void {
  const { id, dialect } = plugin.manifest;
  const source = { plugin: id, tool, frame_index: frame.index };
  const { width, height } = frame;
  const { detections, issues, payload, letterbox } = result;
  const { scale, scaleY, left, top } = letterbox;
  const attrs = { letterbox: { scale, left, top, ...(scaleY !== scale && { scale_y: scaleY }) } };
  emitter.outputRaw({ ...source, dialect, payload, width, height, attrs });
  for (const detection of detections) emitter.detection({ ...source, ...detection });
  for (const issue of issues) emitter.outputIssue({ ...source, ...issue });
  tally.detectionCount += detections.length;
  tally.issueCount += issues.length;
}

interface DrawnFrame {
  /** Valid until the next frame is drawn. */
  readonly pixels: Pixels;
  readonly timeMs: number;
  readonly event: FieldsOf<'overlay.frame'>;
}

interface Drawing {
  readonly frame: Frame;
  readonly detections: readonly TrackedDetection[];
  readonly frameRate: (nowMs: number) => number;
}

function drawFrame(overlay: Overlay, { frame, detections, frameRate }: Drawing): DrawnFrame {
  const { index, width, height, timeMs } = frame;
  const startedAt = performance.now();
  const pixels = overlay.draw(frame, detections);
  const drawnAt = performance.now();
  const event = {
    frame_index: index,
    render_time_ms: roundMs(drawnAt - startedAt),
    // A file waits for its reader: no frame of it is ever dropped.
    dropped_frames: 0,
    fps: roundMs(frameRate(drawnAt)),
    surface: 'server',
    width,
    height,
  } as const;
  return { pixels, timeMs, event };
}

async function finishVideo({ request, tally }: PipelineJob, video: VideoBehind | undefined): Promise<void> {
  if (video === undefined || request.video === undefined) return;
  await video.finish();
  tally.videoPath = request.video;
}

async function saveStill({ request, tally }: PipelineJob, still: StillFile | undefined, drawn: Pixels): Promise<void> {
  if (still === undefined || request.still === undefined) return;
  await still.save(drawn);
  tally.stillPath = request.still.path;
}

function lowest(...limits: readonly (number | undefined)[]): number | undefined {
  const known = limits.filter((limit) => limit !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
