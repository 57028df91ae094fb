import { SiltstoneError } from '../errors.ts';
import { askedOf, chooseDevice, type DeviceChoice, type Provider } from './device.ts';
import { type OpenForm, openForm } from './forms/index.ts';
import { modelInputOf } from './input.ts';
import type { PipelineJob } from './pipeline.ts';
import { type KnownModel, openProbes } from './probe-cache.ts';
import { shareOfNodes } from './profile.ts';
import type { Plugin } from './registry.ts';

interface OnDevice {
  readonly form: OpenForm;
  readonly provider: Provider;
}

/**
 * Opens the plugin on the device that is asked for, or on what is left. Where a provider that was found to run some
 * time ago does not open any more, everything is probed anew.
 * @throws SiltstoneError `device_unavailable` where nothing is left to run on, `plugin_broken`
 */
export async function openOnDevice(job: PipelineJob, plugin: Plugin, tool: string): Promise<OnDevice> {
  const { threads } = job.request;
  const open = async (isFresh: boolean): Promise<OnDevice> => {
    const provider = await decideProvider(job, plugin, isFresh);
    return { provider, form: await openForm(plugin, { tool, provider, threads }) };
  };
  try {
    return await open(false);
  } catch (error) {
    const believed = job.tally.device?.attempts.some(({ ok, foundAt }) => ok && foundAt !== undefined);
    if (!believed) throw error;
    return open(true);
  }
}

/** Each decision is an event, a rejection too. */
async function decideProvider(job: PipelineJob, plugin: Plugin, isFresh: boolean): Promise<Provider> {
  const { request, signal, tally } = job;
  const { id, devices } = plugin.manifest;
  const asked = askedOf(request.providers ?? request.device);
  const probes = await openProbes(request.probeCache, { isFresh });
  const choice = await chooseDevice({ ...asked, strict: request.strictDevice, allowed: devices }, (provider) =>
    probes.probe(provider, { ...modelOf(plugin), signal }),
  );
  signal.throwIfAborted();
  tally.device = choice;
  recordChoice(job, choice);
  if (choice.provider !== undefined) return choice.provider;
  throw new SiltstoneError('device_unavailable', `run ${id} on the ${choice.requested}: ${choice.reason}`);
}

function recordChoice({ emitter, request }: PipelineJob, choice: DeviceChoice): void {
  const { requested, used, provider, fallback, reason } = choice;
  const attempts = choice.attempts.map((attempt) => ({ ...attempt }));
  const { nodes } = choice.attempts.find(({ ok }) => ok) ?? {};
  emitter.deviceUsage({
    device_requested: requested,
    device_used: used,
    fallback,
    provider,
    attempts,
    reason,
    ...attrsOf({
      ...(request.providers && { providers_requested: request.providers }),
      ...(nodes && { share_of_nodes: shareOfNodes(nodes) }),
    }),
  });
}

const attrsOf = (attrs: Readonly<Record<string, unknown>>) => (Object.keys(attrs).length === 0 ? {} : { attrs });

/** A plugin without a model runs on the CPU only, which needs no probe. */
function modelOf(plugin: Plugin): { readonly model?: KnownModel } {
  if (plugin.form !== 'model') return {};
  const { modelPath, manifest } = plugin;
  return { model: { modelPath, input: modelInputOf(manifest.input), sha256: manifest.model.sha256, id: manifest.id } };
}
