import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { messageOf, SiltstoneError, systemCodeOf } from '../errors.ts';
import {
  baseNameOf,
  type CommandManifest,
  checkManifest,
  extendManifest,
  type Manifest,
  type ModelManifest,
  type ModuleManifest,
  parseJson,
  type Tool,
} from './manifest.ts';

interface PluginOf<M extends Manifest> {
  readonly form: M['form'];
  readonly manifest: M;
  readonly folder: string;
  /** Of the manifest, or of its file. */
  readonly labels: readonly string[];
}

export type ModelPlugin = PluginOf<ModelManifest> & { readonly modelPath: string };
export type ModulePlugin = PluginOf<ModuleManifest> & { readonly modulePath: string };
export type CommandPlugin = PluginOf<CommandManifest>;
export type Plugin = ModelPlugin | ModulePlugin | CommandPlugin;

/**
 * A plugin as it was found. A broken one is listed by its folder's name, with what is wrong; a base is a built-in one
 * without a model, which others extend.
 */
export type ListedPlugin =
  | { readonly state: 'ready'; readonly id: string; readonly folder: string; readonly plugin: Plugin }
  | { readonly state: 'broken' | 'base'; readonly id: string; readonly folder: string; readonly error: SiltstoneError };

/** The plugins that come with siltstone. */
const builtInDir = fileURLToPath(new URL('../../plugins', import.meta.url));

/**
 * Every folder with a manifest.json in the built-in plugins and in `dirs`, by id.
 * @throws SiltstoneError `file_not_readable` where one of `dirs` cannot be listed
 */
export async function listPlugins(dirs: readonly string[] = []): Promise<readonly ListedPlugin[]> {
  const folders = await Promise.all([builtInDir, ...dirs].map(pluginFolders));
  const listed = await Promise.all(folders.flat().map(readPlugin));
  const firstOf = new Map<string, ListedPlugin>();
  for (const one of listed) if (one.state === 'ready' && !firstOf.has(one.id)) firstOf.set(one.id, one);
  return listed.map((one) => withoutDouble(one, firstOf)).sort((a, b) => a.id.localeCompare(b.id));
}

/**
 * @throws SiltstoneError `bad_usage` where there is no such plugin, `plugin_broken` where it cannot be used
 */
export async function findPlugin(id: string, dirs: readonly string[] = []): Promise<Plugin> {
  const listed = await listPlugins(dirs);
  const found = listed.filter((one) => one.id === id).sort((a, b) => b.state.localeCompare(a.state))[0];
  if (found?.state === 'ready') return found.plugin;
  if (found !== undefined) throw found.error;
  throw new SiltstoneError('bad_usage', `there is no plugin ${id}; there are: ${listed.map((p) => p.id).join(', ')}`);
}

/**
 * The tool of that name, or the plugin's first.
 * @throws SiltstoneError `bad_usage`
 */
export function toolOf({ manifest }: Plugin, name?: string): Tool {
  const tool = manifest.tools.find((one) => name === undefined || one.name === name);
  if (tool !== undefined) return tool;
  const names = manifest.tools.map((one) => one.name).join(', ');
  throw new SiltstoneError('bad_usage', `the plugin ${manifest.id} has no tool ${name}; it has: ${names}`);
}

async function pluginFolders(dir: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(dir, { withFileTypes: true });
    // What begins with a dot is hidden: a copy on its way, or somebody's .git.
    const folders = entries.filter(
      (entry) => !entry.name.startsWith('.') && (entry.isDirectory() || entry.isSymbolicLink()),
    );
    const paths = folders.map((entry) => join(dir, entry.name));
    const kept = await Promise.all(paths.map(mayBePlugin));
    return paths.filter((_, i) => kept[i]);
  } catch (error) {
    throw new SiltstoneError('file_not_readable', `list the plugins in ${dir}: ${messageOf(error)}`, { cause: error });
  }
}

/** A link that leads nowhere may have been a plugin's folder: it is listed as broken. One to a file was none. */
async function mayBePlugin(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    // Reading its manifest fails in the same way, and says so.
    return true;
  }
}

/** What stands in one folder. Nothing is thrown: a plugin that cannot be used is told as broken. */
export async function readPlugin(folder: string): Promise<ListedPlugin> {
  try {
    const own = await readJson(folder);
    if (isBase(own)) return { state: 'base', id: own.id, folder, error: withoutModel(own.id) };
    const base = baseNameOf(own);
    const manifest = checkManifest(
      base === undefined ? own : extendManifest(own, await readJson(join(builtInDir, base))),
    );
    return { state: 'ready', id: manifest.id, folder, plugin: await withFiles(manifest, folder) };
  } catch (thrown) {
    return broken(basename(folder), folder, `${folder}: ${reasonOf(thrown)}`);
  }
}

const readJson = async (folder: string): Promise<unknown> =>
  parseJson(await readFile(join(folder, 'manifest.json'), 'utf8'));

const baseSchema = z.object({ form: z.literal('base'), id: z.string() });
const isBase = (manifest: unknown): manifest is z.infer<typeof baseSchema> => baseSchema.safeParse(manifest).success;

const withoutModel = (id: string): SiltstoneError =>
  new SiltstoneError(
    'bad_usage',
    `${id} comes without a model: make a plugin of yours with \`siltstone plugins new MODEL.onnx\`, see docs/plugins.md`,
  );

async function withFiles(manifest: Manifest, folder: string): Promise<Plugin> {
  const labels = await readLabels(manifest, folder);
  if (manifest.form === 'command') return { form: 'command', manifest, folder, labels };
  if (manifest.form === 'module') {
    const modulePath = join(folder, manifest.module.file);
    await access(modulePath);
    return { form: 'module', manifest, folder, labels, modulePath };
  }
  const modelPath = join(folder, manifest.model.file);
  await checkModel(modelPath, manifest);
  return { form: 'model', manifest, folder, labels, modelPath };
}

async function readLabels({ labels }: Manifest, folder: string): Promise<readonly string[]> {
  if (!('file' in labels)) return labels;
  const list = labelsIn(await readFile(join(folder, labels.file), 'utf8'));
  if (list !== undefined) return list;
  throw new SiltstoneError(
    'plugin_broken',
    `${labels.file}: a label is empty, so that those after it would be shifted`,
  );
}

/** A text with the name of one class a line; undefined where one is empty, so that those after it would be shifted. */
export function labelsIn(text: string): readonly string[] | undefined {
  const lines = text.trimEnd().split(/\r?\n/);
  return lines.every((line) => line.trim() !== '') ? lines.map((line) => line.trim()) : undefined;
}

/** A model that was changed or cut short would still run, and give other results than the version says. */
async function checkModel(modelPath: string, { model }: ModelManifest): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(modelPath), hash);
  const found = hash.digest('hex');
  if (found === model.sha256) return;
  throw new SiltstoneError('plugin_broken', `${model.file} has sha256 ${found}, the manifest says ${model.sha256}`);
}

function reasonOf(thrown: unknown): string {
  const code = systemCodeOf(thrown);
  if (code === 'ELOOP') return 'it is a link that leads back to itself';
  const missing = code === 'ENOENT' && thrown instanceof Error && 'path' in thrown;
  return missing ? `${basename(String(thrown.path))} is missing` : messageOf(thrown);
}

function withoutDouble(one: ListedPlugin, firstOf: ReadonlyMap<string, ListedPlugin>): ListedPlugin {
  const first = firstOf.get(one.id);
  if (one.state !== 'ready' || first === undefined || first === one) return one;
  return broken(one.id, one.folder, `${one.folder}: the id ${one.id} is taken by ${first.folder}`);
}

const broken = (id: string, folder: string, message: string): ListedPlugin => {
  return { state: 'broken', id, folder, error: new SiltstoneError('plugin_broken', message) };
};
