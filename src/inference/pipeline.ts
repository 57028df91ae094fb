import type { JobEmitter } from '../emitters/index.ts';
import { messageOf, SiltstoneError } from '../errors.ts';
import { elapsedMs, epochMs, roundMs } from './clock.ts';
import type { DeviceChoice } from './device.ts';
import type { Drawn } from './draw-behind.ts';
import type { JobMessage, JobRequest } from './job-messages.ts';
import type { Issue } from './normalise/index.ts';
import { type Closable, openStages, type Stages } from './open-stages.ts';
import { pitchFields } from './pitch-event.ts';
import type { ReadFrame } from './read-ahead.ts';
import { type OutputSource, recordOutput } from './record-output.ts';
import type { ToolResult } from './tool-run.ts';
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

/** What is kept of how a job runs: with its raw outputs, what it takes to read them again. */
type RunAttrs = Readonly<{
  labels?: readonly string[];
  tracks: boolean;
  single: readonly string[];
  tracker?: TrackerOptions;
}>;

/**
 * Input → frames → model → detections → overlay, each step of each frame told by an event.
 * @param onRunning called when everything is open and the first frame is next, with what is to be kept of how it runs
 * @throws SiltstoneError, or the reason of the signal
 */
export async function runPipeline(job: PipelineJob, onRunning: (attrs: RunAttrs) => void): Promise<void> {
  const opened: Closable[] = [];
  try {
    const stages = await openStages(job, opened);
    onRunning(runAttrsOf(stages));
    await runFrames(job, stages);
  } finally {
    for (const one of opened.reverse()) await one.close();
  }
}

function runAttrsOf({ plugin, tool, tracker }: Stages): RunAttrs {
  const { labels } = plugin;
  const areShort = JSON.stringify(labels).length <= labelsLengthMax;
  const { tracks, single } = tool;
  return { ...(areShort && { labels }), tracks, single, ...(tracker && { tracker }) };
}

/** Longer lists would fill the line of an event: of those the raw outputs keep the digest. */
const labelsLengthMax = 256 * 1024;

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
    const { detections, issues, pitch } = await runTool(job, stages, { frame, run });
    await finishing;
    const drawn = stages.drawing.draw({ frame, detections, pitch });
    finishing = drawn.then((done) => recordDrawn(job, done, { frame, run }));
    // It is awaited after the next frame: until then its failure has nobody to hear it.
    finishing.catch(() => undefined);
    job.tally.frameCount++;
    // A crash in the next frame takes nothing of this one with it.
    await job.emitter.flush();
    tellProgress(job, run.framesTotal);
    const isRefused = request.strict && issues.length > 0;
    if (isRefused) await finishing;
    if (isRefused) throw refusalOf(frame.index, issues);
    if (frame.index + 1 === request.framesMax) break;
  }
  await finishing;
  job.say({ type: 'closing' });
  Object.assign(job.tally, await stages.drawing.finish());
}

/** A strict job takes no issue. Its frame is done and recorded all the same. */
function refusalOf(frameIndex: number, [first, ...others]: readonly Issue[]): SiltstoneError {
  const { code, path, message } = first ?? {};
  const more = others.length === 0 ? '' : `, and ${others.length} more in this frame`;
  return new SiltstoneError('output_issues', `frame ${frameIndex}: ${code} at ${path}: ${message}${more}`);
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
): Promise<ToolResult> {
  const { provider, plugin, tool } = stages;
  const source = { plugin: plugin.manifest.id, tool: tool.name, frame_index: frame.index };
  const run = { ...source, provider };
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
        ...(result.pitchMs !== undefined && { pitch_ms: roundMs(result.pitchMs) }),
      },
    });
    record(job, stages, source, result);
    return result;
  } catch (error) {
    // That the job was cancelled is no failure of the plugin.
    if (job.signal.aborted && error === job.signal.reason && !(error instanceof SiltstoneError)) throw error;
    const duration_ms = elapsedMs(startedAt);
    job.emitter.pluginRun({ ...run, success: false, duration_ms, error_message: messageOf(error) });
    throw error;
  }
}

function record(
  { emitter, tally, request }: PipelineJob,
  { labelsSha256 }: Stages,
  source: OutputSource,
  result: ToolResult,
): void {
  recordOutput(emitter, source, result, { keepRaw: request.keepRaw, labelsSha256 });
  if (result.pitch !== undefined) emitter.framePitch({ ...source, ...pitchFields(result.pitch) });
  tally.detectionCount += result.detections.length;
  tally.issueCount += result.issues.length;
}

function lowest(...limits: readonly (number | undefined)[]): number | undefined {
  const known = limits.filter((limit) => limit !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
