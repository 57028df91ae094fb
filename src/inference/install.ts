import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { messageOf, SiltstoneError, systemCodeOf } from '../errors.ts';
import { describeModel } from './inspect.ts';
import { readModelLabels } from './model-labels.ts';
import { listPlugins, type Plugin, readPlugin } from './registry.ts';
import { type Stub, stubOf } from './stub.ts';

export interface AddOptions {
  /** Folder of plugins that it is added to. */
  readonly into: string;
  /** Links to the folder instead of copying it. */
  readonly link: boolean;
  /** Every folder of plugins that is looked into. */
  readonly dirs: readonly string[];
}

/**
 * Copies a plugin's folder into a folder of plugins, after the same checks that a listing makes.
 * @throws SiltstoneError `plugin_broken`, `bad_usage` where its id is taken, `file_not_writable`
 */
export async function addPlugin(dir: string, { into, link, dirs }: AddOptions): Promise<Plugin> {
  const listed = await readPlugin(resolve(dir));
  if (listed.state !== 'ready') throw listed.error;
  const { plugin } = listed;
  const taken = (await listPlugins(dirs)).find(({ id }) => id === plugin.manifest.id);
  if (taken !== undefined) {
    throw new SiltstoneError('bad_usage', `there is a plugin ${taken.id} already, in ${taken.folder}: remove it first`);
  }
  const target = join(into, plugin.manifest.id);
  try {
    await mkdir(into, { recursive: true });
    if (link) await symlink(plugin.folder, target, 'dir');
    else await copyWhole(plugin.folder, target);
  } catch (error) {
    throw new SiltstoneError('file_not_writable', `add ${target}: ${messageOf(error)}`, { cause: error });
  }
  return plugin;
}

/** Copied beside its place first: a copy that breaks off must not be listed as a broken plugin. */
async function copyWhole(folder: string, target: string): Promise<void> {
  const half = join(target, '..', `.${basename(target)}.${process.pid}`);
  try {
    await cp(folder, half, { recursive: true, errorOnExist: true, force: false });
    await rename(half, target);
  } catch (error) {
    await rm(half, { recursive: true, force: true });
    throw error;
  }
}

/**
 * Makes a plugin's folder around a model: a copy of it, and a manifest to begin with.
 * @throws SiltstoneError `file_not_readable`, `plugin_broken` where it is no model, `file_not_writable` where a plugin is there
 */
export async function newPlugin(modelPath: string, folder: string, labelsPath?: string): Promise<Stub> {
  const model = await readGiven(modelPath);
  const labels = labelsPath === undefined ? undefined : linesOf(await readGiven(labelsPath));
  const shape = await describeModel(resolve(modelPath));
  const stub = stubOf({
    file: fileNameOf(modelPath),
    sha256: createHash('sha256').update(model).digest('hex'),
    shape,
    labels: labels ?? (await readModelLabels(modelPath)),
  });
  try {
    await mkdir(folder, { recursive: true });
    const text = `${JSON.stringify(stub.manifest, undefined, 2)}\n`;
    await writeFile(join(folder, 'manifest.json'), text, { flag: 'wx' });
    await writeFile(join(folder, fileNameOf(modelPath)), model);
  } catch (error) {
    const found = systemCodeOf(error) === 'EEXIST' ? 'there is a manifest.json already' : messageOf(error);
    throw new SiltstoneError('file_not_writable', `make a plugin in ${folder}: ${found}`, { cause: error });
  }
  return stub;
}

async function readGiven(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new SiltstoneError('file_not_readable', `read ${path}: ${messageOf(error)}`, { cause: error });
  }
}

const linesOf = (text: Buffer): readonly string[] =>
  text
    .toString('utf8')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** A manifest names files of letters, digits, dots and dashes. */
function fileNameOf(path: string): string {
  const name = basename(path, extname(path))
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[.-]+/, '');
  return `${name || 'model'}.onnx`;
}
