import { type DrawBehind, openDrawBehind } from './draw-behind.ts';
import type { JobRequest } from './job-messages.ts';
import type { Tool } from './manifest.ts';
import { openOnDevice } from './open-device.ts';
import { layersOf } from './overlay/layers.ts';
import type { PipelineJob } from './pipeline.ts';
import { openMediaAhead, type ReadMedia } from './read-ahead.ts';
import { sha256Of } from './record-output.ts';
import { findPlugin, type Plugin, toolOf } from './registry.ts';
import type { Provider } from './runtime.ts';
import { makeToolRun, type ToolRun, trackerOf } from './tool-run.ts';
import type { TrackerOptions } from './track/options.ts';

/** Everything that frames pass through. */
export interface Stages {
  readonly plugin: Plugin;
  readonly tool: Tool;
  /** Of the names of its classes. */
  readonly labelsSha256: string;
  readonly provider: Provider;
  readonly media: ReadMedia;
  readonly runTool: ToolRun;
  /** How boxes are followed, where the tool tracks. */
  readonly tracker: TrackerOptions | undefined;
  readonly drawing: DrawBehind;
}

export interface Closable {
  close(): Promise<void>;
}

/**
 * @param opened takes what the caller closes, in reverse order, also where this throws
 * @throws SiltstoneError, or the reason of the job's signal
 */
export async function openStages(job: PipelineJob, opened: Closable[]): Promise<Stages> {
  const { request, signal } = job;
  const plugin = await findPlugin(request.plugin, request.pluginDirs);
  const tool = toolOf(plugin, request.tool);
  const { input: path, threads, framesAhead } = request;
  const media = await openMediaAhead({ path, threads, framesAhead, signal });
  opened.push(media);
  noteWhatIsLeftOut(job, media);
  const { form, provider } = await openOnDevice(job, plugin, tool.name);
  opened.push(form);
  const drawing = await openDrawing(request, media, plugin);
  opened.push(drawing);
  const runTool = makeToolRun({ plugin, tool, form });
  const tracker = trackerOf(tool);
  return { plugin, tool, labelsSha256: sha256Of(plugin.labels), provider, media, runTool, tracker, drawing };
}

function noteWhatIsLeftOut({ emitter, tally }: PipelineJob, { notes }: ReadMedia): void {
  if (notes.length > 0) tally.notes = notes;
  for (const message of notes) emitter.log({ level: 'warn', message });
}

function openDrawing(request: JobRequest, media: ReadMedia, { form, manifest }: Plugin) {
  const { video: path, still, jobId, threads } = request;
  const { layers, fpsMax, deadlineMs, trailFrames } = request.overlay;
  const { width, height } = media;
  const rates = [media.framesPerSecond, fpsMax].filter((rate) => rate !== undefined && rate > 0) as number[];
  const framesPerSecond = rates.length > 0 ? Math.min(...rates) : undefined;
  return openDrawBehind({
    video:
      path === undefined
        ? undefined
        : { path, jobId, threads, width, height, ...(framesPerSecond && { framesPerSecond }) },
    still: still && { ...still, jobId },
    overlay: { layers: layersOf(manifest.overlay?.layers, layers), trailFrames },
    pace: { fpsMax, deadlineMs },
    // A module may compare a frame with the one before.
    takesPixels: form !== 'module',
  });
}
