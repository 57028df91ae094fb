import type { Command } from 'commander';
import {
  type Attempt,
  deviceOf,
  type KnownProbe,
  knownProbes,
  probeCachePath,
  probeMachine,
} from '../inference/index.ts';
import { metricsReader } from '../query/index.ts';
import type { Settings } from '../settings.ts';
import { addCommand, type CommonOptions, settingsOf } from './command.ts';
import { say, write, writeJson, writeLine } from './output.ts';
import { objectTable } from './result-table.ts';
import { lastSentence } from './text.ts';
import { requireWarehouse } from './with-engine.ts';
import { withReader } from './with-reader.ts';

interface DevicesOptions extends CommonOptions {
  readonly known?: boolean;
  readonly usage?: boolean;
  readonly json?: boolean;
}

export function addDevices(program: Command): void {
  addCommand(program, {
    name: 'devices',
    summary: 'tries each execution provider that this platform may have, and says which really run',
    details:
      'A job that asks for `gpu` takes the first that runs, in this order, and the CPU where none does. What was found is ' +
      'kept in the file of the setting probe_cache: a provider that runs for a week, one that does not for ten minutes, ' +
      'and nothing once drivers, GPUs, the runtime or the model have changed.',
    examples: [
      ['siltstone devices', 'each provider, and why it does not run'],
      ['siltstone devices --known', 'what jobs believe without trying, also of their plugins’ models'],
      ['siltstone devices --usage', 'what the jobs of a warehouse asked for and ran on'],
    ],
  })
    .option('--known', 'what was found before, nothing is tried')
    .option('--usage', 'decisions in the warehouse, and how often a GPU that was asked for was one')
    .option('--json', 'gives JSON, with all that the provider printed')
    .action(devices);
}

async function devices(options: DevicesOptions): Promise<void> {
  const settings = settingsOf(options);
  if (options.usage) return usage(settings, options);
  const path = probeCachePath(settings.probe_cache);
  if (options.known) return known(await knownProbes(path), options);
  const attempts = await probeMachine(path);
  if (options.json) await writeJson(attempts);
  else await write(objectTable(attempts.map(row)));
}

const row = ({ provider, ok, reason }: Attempt | KnownProbe): object => ({
  provider,
  device: deviceOf(provider),
  runs: ok ? 'yes' : 'no',
  reason: lastSentence(reason ?? ''),
});

async function known(probes: readonly KnownProbe[], { json }: DevicesOptions): Promise<void> {
  if (json) await writeJson(probes);
  else if (probes.length === 0) say('nothing is known: `siltstone devices`, or a job that asks for a GPU, finds out');
  else await write(objectTable(probes.map(knownRow)));
}

const knownRow = (probe: KnownProbe): object => ({
  ...row(probe),
  plugin: probe.plugin,
  nodes: Object.entries(probe.nodes ?? {})
    .map(([name, count]) => `${name} ${count}`)
    .join(', '),
  found_at: probe.foundAt,
});

async function usage(settings: Settings, { json }: DevicesOptions): Promise<void> {
  await requireWarehouse(settings.warehouse);
  const { counts, success } = await withReader(settings, async (reader) => ({
    counts: await metricsReader(reader).deviceUsageStats(),
    success: await metricsReader(reader).gpuSuccess(),
  }));
  if (json) return writeJson({ counts, success });
  if (counts.length === 0) return say('no job has decided on a device yet');
  await write(objectTable(counts));
  const { jobs_requested, jobs_ran, ratio } = success;
  const part = ratio === null ? '' : `: ${(ratio * 100).toFixed(1)} %`;
  await writeLine(`\na GPU was asked for by ${jobs_requested} jobs, and ${jobs_ran} of them ran on one${part}`);
}
