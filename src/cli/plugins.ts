import type { Command } from 'commander';
import { listPlugins } from '../inference/index.ts';
import { addCommand, type CommonOptions } from './command.ts';
import { say, write, writeJson } from './output.ts';
import { objectTable } from './result-table.ts';

interface PluginsOptions extends CommonOptions {
  readonly json?: boolean;
}

export function addPlugins(program: Command): void {
  addCommand(program, {
    name: 'plugins',
    summary: 'lists the plugins with their tools; a broken one with the reason',
    examples: [['siltstone plugins', 'what `siltstone run` can run']],
  })
    .option('--json', 'gives JSON')
    .action(plugins);
}

async function plugins({ json }: PluginsOptions): Promise<void> {
  const listed = await listPlugins();
  const rows = listed.map((one) => {
    if (one.state === 'broken') return { plugin: one.id, version: '', tools: '', devices: '', state: 'broken' };
    const { version, tools, devices } = one.plugin.manifest;
    return {
      plugin: one.id,
      version,
      tools: tools.map(({ name }) => name).join(' '),
      devices: devices.join(' '),
      state: 'ready',
    };
  });
  if (json)
    return writeJson(listed.map((one, i) => ({ ...rows[i], reason: 'error' in one ? one.error.message : null })));
  await write(objectTable(rows));
  for (const one of listed) if (one.state === 'broken') say(`${one.id} is broken: ${one.error.message}`);
}
