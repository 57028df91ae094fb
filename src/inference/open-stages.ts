import { messageOf, SiltstoneError } from '../errors.ts';
import { chooseDevice, gpuProvidersOf } from './device.ts';
import { type Media, openMedia } from './media/index.ts';
import { makeOverlay, type Overlay } from './overlay/draw.ts';
import type { PipelineJob } from './pipeline.ts';
import { probe } from './probe.ts';
import { findPlugin, type Plugin, toolOf } from './registry.ts';
import { type ModelInput, openRuntime, type Provider, type Runtime } from './runtime.ts';
import { makeToolRun, type ToolRun } from './tool-run.ts';

/** Everything that frames pass through. */
export interface Stages {
  readonly plugin: Plugin;
  readonly tool: string;
  readonly provider: Provider;
  readonly media: Media;
  readonly runTool: ToolRun;
  readonly overlay: Overlay;
}

export interface Closable {
  close(): Promise<void>;
}

/**
 * @param opened takes what the caller closes, in reverse order, also where this throws
 * @throws SiltstoneError, or the reason of the job's signal
 */
export async function openStages(job: PipelineJob, opened: Closable[]): Promise<Stages> {
  const { request, emitter } = job;
  const plugin = await findPlugin(request.plugin, request.pluginDirs);
  const tool = toolOf(plugin, request.tool);
  const media = await openMedia(request.input, request.threads);
  opened.push(media);
  const provider = await decideProvider(job, plugin);
  const runtime = await openModel(plugin, provider, request.threads);
  opened.push(runtime);
  const overlay = makeOverlay(media);
  if (!overlay.hasText) emitter.log({ level: 'warn', message: 'no font is installed: boxes are drawn without labels' });
  const runTool = makeToolRun({ plugin, tool, runtime, frame: media });
  return { plugin, tool: tool.name, provider, media, runTool, overlay };
}

/** @throws SiltstoneError `device_unavailable` where nothing is left to run on; that is recorded as well. */
async function decideProvider({ request, emitter, tally, signal }: PipelineJob, plugin: Plugin): Promise<Provider> {
  const { manifest, modelPath } = plugin;
  const deviceRequest = {
    device: request.device,
    strict: request.strictDevice,
    allowed: manifest.devices,
    gpuProviders: gpuProvidersOf(process.platform, process.arch),
  };
  const model = { modelPath, input: inputOf(plugin) };
  const choice = await chooseDevice(deviceRequest, (provider) => probe(provider, { model, signal }));
  signal.throwIfAborted();
  tally.device = choice;
  const { requested, used, provider, fallback, reason } = choice;
  const attempts = choice.attempts.map((attempt) => ({ ...attempt }));
  emitter.deviceUsage({ device_requested: requested, device_used: used, fallback, provider, attempts, reason });
  if (provider !== undefined) return provider;
  throw new SiltstoneError('device_unavailable', `run ${manifest.id} on the ${requested}: ${reason}`);
}

/** Opens the model and runs it once on a black frame, so that no measured frame pays for the first run. */
async function openModel(plugin: Plugin, provider: Provider, threads: number): Promise<Runtime> {
  const input = inputOf(plugin);
  try {
    const runtime = await openRuntime({ modelPath: plugin.modelPath, provider, threads, input });
    await runtime.run(new Uint8Array(input.shape.reduce((product, size) => product * size, 1)));
    return runtime;
  } catch (error) {
    const message = `run the model of ${plugin.manifest.id} on ${provider}: ${messageOf(error)}`;
    throw new SiltstoneError('plugin_broken', message, { cause: error });
  }
}

function inputOf({ manifest }: Plugin): ModelInput {
  const { name, type, width, height } = manifest.input;
  return { name, type, shape: [1, height, width, 4] };
}
