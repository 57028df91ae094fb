import type { JobEmitter } from '../emitters/index.ts';
import { messageOf, SiltstoneError } from '../errors.ts';
import { elapsedMs, epochMs, roundMs } from './clock.ts';
import type { DeviceChoice } from './device.ts';
import type { Drawn } from './draw-behind.ts';
import type { JobMessage, JobRequest } from './job-messages.ts';
import type { Frame } from './media/index.ts';
import { type Closable, openStages, type Stages } from './open-stages.ts';
import { pitchFields } from './pitch/index.ts';
import type { ReadFrame } from './read-ahead.ts';
import type { ToolResult, TrackedDetection } from './tool-run.ts';
import type { TrackerOptions } from './track/options.ts';
import { untilAborted } from './until-aborted.ts';

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

/**
 * While a frame is in the model, which blocks this thread, those after it are decoded and the one before it is drawn and
 * encoded, in threads of their own.
 */
async function runFrames(job: PipelineJob, stages: Stages): Promise<void> {
  const { request, signal } = job;
  const run: FramesRun = { startedAtMs: epochMs(), framesTotal: lowest(stages.media.frameCount, request.framesMax) };
  let finishing = Promise.resolve();
  for await (const frame of stages.media.frames) {
    signal.throwIfAborted();
    const detections = await runTool(job, stages, { frame, run });
    await finishing;
    const drawn = stages.drawing.draw({ frame, detections });
    finishing = drawn.then((done) => recordDrawn(job, done, { frame, run }));
    // It is awaited after the next frame: until then its failure has nobody to hear it.
    finishing.catch(() => undefined);
    job.tally.frameCount++;
    // A crash in the next frame takes nothing of this one with it.
    await job.emitter.flush();
    tellProgress(job, run.framesTotal);
    if (frame.index + 1 === request.framesMax) break;
  }
  await finishing;
  job.say({ type: 'closing' });
  Object.assign(job.tally, await stages.drawing.finish());
}

interface FramesRun {
  /** Since 1970. */
  readonly startedAtMs: number;
  readonly framesTotal: number | undefined;
}

/** A frame is done when its outputs are on disk; what drawing it took follows. */
async function recordDrawn({ emitter, tally }: PipelineJob, drawn: Drawn, { frame, run }: RunFrame): Promise<void> {
  const { index, width, height } = frame;
  const { paced, renderMs, encodeMs, startedAtMs, framesPerSecond, files } = drawn;
  Object.assign(tally, files);
  emitter.overlayFrame({
    frame_index: index,
    render_time_ms: roundMs(renderMs),
    dropped_frames: paced.droppedFrames,
    fps: roundMs(framesPerSecond),
    surface: 'server',
    ...(paced.outcome !== 'drawn' && { [paced.outcome]: true }),
    width,
    height,
    attrs: {
      render_at_ms: roundMs(startedAtMs - run.startedAtMs),
      ...(encodeMs !== undefined && { encode_ms: roundMs(encodeMs) }),
    },
  });
  await emitter.flush();
}

function tellProgress({ tally, say }: PipelineJob, framesTotal: number | undefined): void {
  const { frameCount, detectionCount, issueCount } = tally;
  const progress = { framesDone: frameCount, ...(framesTotal === undefined ? {} : { framesTotal }) };
  say({ type: 'progress', progress, counts: { frameCount, detectionCount, issueCount } });
}

interface RunFrame {
  readonly frame: ReadFrame;
  readonly run: FramesRun;
}

async function runTool(
  job: PipelineJob,
  stages: Stages,
  { frame, run: { startedAtMs } }: RunFrame,
): Promise<readonly TrackedDetection[]> {
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
        run_at_ms: roundMs(performance.timeOrigin + startedAt - startedAtMs),
        decode_at_ms: roundMs(frame.startedAtMs - startedAtMs),
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
  const source = { plugin: plugin.manifest.id, tool, frame_index: frame.index };
  const { width, height } = frame;
  const { detections, issues, payload, dialect, letterbox } = result;
  const { scale, scaleY, left, top } = letterbox;
  const attrs = { letterbox: { scale, left, top, ...(scaleY !== scale && { scale_y: scaleY }) } };
  emitter.outputRaw({ ...source, dialect, payload, width, height, attrs });
  // The frame is the job’s, whatever an output calls it.
  for (const detection of detections) emitter.detection({ ...detection, ...source });
  for (const issue of issues) emitter.outputIssue({ ...source, ...issue });
  if (result.pitch !== undefined) emitter.framePitch({ ...source, ...pitchFields(result.pitch) });
  tally.detectionCount += detections.length;
  tally.issueCount += issues.length;
}

function lowest(...limits: readonly (number | undefined)[]): number | undefined {
  const known = limits.filter((limit) => limit !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
