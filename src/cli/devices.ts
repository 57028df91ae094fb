import type { Command } from 'commander';
import { type Attempt, probeDevices } from '../inference/index.ts';
import { addCommand, type CommonOptions } from './command.ts';
import { write, writeJson } from './output.ts';
import { objectTable } from './result-table.ts';
import { lastSentence } from './text.ts';

interface DevicesOptions extends CommonOptions {
  readonly json?: boolean;
}

export function addDevices(program: Command): void {
  addCommand(program, {
    name: 'devices',
    summary: 'tries each execution provider that this platform may have, and says which really run',
    details: 'A job that asks for `gpu` takes the first that runs, in this order, and the CPU where none does.',
    examples: [['siltstone devices', 'each provider, and why it does not run']],
  })
    .option('--json', 'gives JSON, with all that the provider printed')
    .action(devices);
}

async function devices({ json }: DevicesOptions): Promise<void> {
  const attempts = await probeDevices();
  if (json) await writeJson(attempts);
  else await write(objectTable(attempts.map(row)));
}

const row = ({ provider, ok, reason }: Attempt): object => ({
  provider,
  device: provider === 'cpu' ? 'cpu' : 'gpu',
  runs: ok ? 'yes' : 'no',
  reason: lastSentence(reason ?? ''),
});
