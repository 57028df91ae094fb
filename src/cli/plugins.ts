import { basename, extname } from 'node:path';
import { Argument, type Command } from 'commander';
import { SiltstoneError } from '../errors.ts';
import { addPlugin, type ListedPlugin, listPlugins, newPlugin } from '../inference/index.ts';
import { addCommand, type CommonOptions, settingsOf } from './command.ts';
import { say, write, writeJson, writeLine } from './output.ts';
import { firstPluginDir, pluginDirsOf } from './plugin-dirs.ts';
import { checkPlugins } from './plugins-check.ts';
import { objectTable } from './result-table.ts';

interface PluginsOptions extends CommonOptions {
  readonly json?: boolean;
  readonly link?: boolean;
  readonly labels?: string;
  readonly into?: string;
}

type Action = 'list' | 'add' | 'check' | 'new';

export function addPlugins(program: Command): void {
  addCommand(program, {
    name: 'plugins',
    summary: 'lists the plugins, checks and adds them, and makes one of a model',
    details:
      'list: with their tools, a broken one with its reason. new MODEL.onnx: a folder with the model and a manifest to begin ' +
      'with. check [PLUGIN or DIR]: runs it once on a black frame. add DIR: copies it into the first folder of the setting ' +
      'plugin_dirs, where `siltstone run` finds it. docs/plugins.md says what a plugin is.',
    examples: [
      ['siltstone plugins', 'what `siltstone run` can run'],
      ['siltstone plugins new best.onnx', 'makes ./best/ with a manifest of the model’s inputs and outputs'],
      ['siltstone plugins check ./best', 'says what it decodes from a black frame'],
      ['siltstone plugins add ./best', 'copies it to the plugins of this user'],
    ],
  })
    .addArgument(new Argument('[action]', 'what to do').choices(['list', 'add', 'check', 'new']).default('list'))
    .argument('[target]', 'a plugin’s folder, for check its id as well, for new a model')
    .option('--link', 'add: links to the folder, so that changes in it are seen at once')
    .option('--labels <file>', 'new: a text with the name of one class a line (default: those in the model)')
    .option('--into <dir>', 'new: the folder to make (default: named after the model)')
    .option('--json', 'gives JSON')
    .action(plugins);
}

async function plugins(action: Action, target: string | undefined, options: PluginsOptions): Promise<void> {
  const settings = settingsOf(options);
  const dirs = pluginDirsOf(settings);
  if (action === 'list') return list(await listPlugins(dirs), options);
  if (action === 'check') return checkPlugins(target, dirs, options.json ?? false);
  if (target === undefined) {
    throw new SiltstoneError(
      'bad_usage',
      `plugins ${action} needs ${action === 'new' ? 'a model' : 'a plugin’s folder'}`,
    );
  }
  if (action === 'new') return make(target, options);
  const { manifest } = await addPlugin(target, { into: firstPluginDir(settings), link: options.link ?? false, dirs });
  await writeLine(`${manifest.id} ${manifest.version} is there: siltstone run ${manifest.id} VIDEO`);
}

const states = { ready: 'ready', broken: 'broken', base: 'needs a model' } as const;

async function list(listed: readonly ListedPlugin[], { json }: PluginsOptions): Promise<void> {
  const rows = listed.map((one) => {
    const state = states[one.state];
    if (one.state !== 'ready') return { plugin: one.id, version: '', tools: '', devices: '', state };
    const { version, tools, devices } = one.plugin.manifest;
    return {
      plugin: one.id,
      version,
      tools: tools.map(({ name }) => name).join(' '),
      devices: devices.join(' '),
      state,
    };
  });
  if (json)
    return writeJson(listed.map((one, i) => ({ ...rows[i], reason: 'error' in one ? one.error.message : null })));
  await write(objectTable(rows));
  for (const one of listed) if (one.state === 'broken') say(`${one.id} is broken: ${one.error.message}`);
}

async function make(model: string, { labels, into, json }: PluginsOptions): Promise<void> {
  const folder = into ?? `./${basename(model, extname(model))}`;
  const { manifest, notes } = await newPlugin(model, folder, labels);
  if (json) return writeJson({ folder, manifest, notes });
  await writeLine(`${folder}/manifest.json is made.`);
  for (const note of notes) say(`- ${note}`);
  await writeLine(`Next: siltstone plugins check ${folder}`);
}
