import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { glob } from 'tinyglobby';
import { messageOf, SiltstoneError, systemCodeOf } from '../../errors.ts';
import { isPicture, readHead } from './file-head.ts';

/** What an input path means: one file, or pictures in their order. */
export type Input =
  | { readonly kind: 'video'; readonly path: string }
  | { readonly kind: 'pictures'; readonly paths: readonly string[]; readonly notes: readonly string[] };

/** So many names of files that were left out are told. */
const namesMax = 5;

/**
 * A file is told by what it holds, its name does not matter. A path that does not exist and has `*`, `?`, `[` or `{` is
 * a pattern. A folder, or a pattern that finds several files, is its pictures in natural order: `9.png`, `10.png`.
 * @throws SiltstoneError `file_not_readable`, `media_unreadable`
 */
export async function resolveInput(path: string): Promise<Input> {
  try {
    if ((await stat(path)).isDirectory()) return await picturesAmong(await filesIn(path), path);
  } catch (error) {
    if (error instanceof SiltstoneError) throw error;
    if (systemCodeOf(error) !== 'ENOENT' || !/[*?[{]/.test(path)) throw notReadable(path, error);
    return await resolvePattern(path);
  }
  return await resolveFile(path);
}

async function resolvePattern(pattern: string): Promise<Input> {
  const paths = await filesOf(pattern);
  const [only] = paths;
  if (only === undefined) throw new SiltstoneError('file_not_readable', `no file matches ${pattern}`);
  return paths.length === 1 ? await resolveFile(only) : await picturesAmong(paths, pattern);
}

async function resolveFile(path: string): Promise<Input> {
  const head = await headOf(path);
  if (head === undefined) throw new SiltstoneError('media_unreadable', `${path} is not a file`);
  if (head === '') throw new SiltstoneError('media_unreadable', `${path} is empty`);
  return isPicture(head) ? { kind: 'pictures', paths: [path], notes: [] } : { kind: 'video', path };
}

async function picturesAmong(paths: readonly string[], of: string): Promise<Input> {
  const sorted = [...paths].sort(inNaturalOrder);
  const pictures: string[] = [];
  const others: string[] = [];
  for (const path of sorted) (isPicture((await headOf(path)) ?? '') ? pictures : others).push(path);
  if (pictures.length === 0) {
    const found = sorted.length === 0 ? 'nothing' : `${sorted.length} files that are none`;
    throw new SiltstoneError('media_unreadable', `find pictures in ${of}: there is ${found}`);
  }
  return { kind: 'pictures', paths: pictures, notes: others.length === 0 ? [] : [noteOf(others, sorted.length, of)] };
}

function noteOf(others: readonly string[], count: number, of: string): string {
  const names = others.slice(0, namesMax).map((path) => basename(path));
  if (others.length > namesMax) names.push('…');
  return `${others.length} of ${count} files of ${of} are no pictures and were left out: ${names.join(', ')}`;
}

const collator = new Intl.Collator('en', { numeric: true });
const inNaturalOrder = (a: string, b: string): number => collator.compare(a, b) || (a < b ? -1 : 1);

/** The files of a folder, not of those in it; hidden ones are nobody's pictures. */
async function filesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((error) => {
    throw notReadable(folder, error);
  });
  return names.filter((name) => !name.startsWith('.')).map((name) => join(folder, name));
}

/** Begins in the deepest folder that exists, so that brackets in its own name are no pattern. */
async function filesOf(pattern: string): Promise<readonly string[]> {
  let folder = dirname(pattern);
  while (!(await isFolder(folder)) && folder !== dirname(folder)) folder = dirname(folder);
  const rest = relative(folder, pattern).split(sep).join('/');
  return await glob(rest, { cwd: folder, absolute: true, expandDirectories: false });
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() ?? false;
}

/** Undefined for what is no file: a folder in a folder, a socket. */
async function headOf(path: string): Promise<string | undefined> {
  try {
    return (await stat(path)).isFile() ? await readHead(path) : undefined;
  } catch (error) {
    throw notReadable(path, error);
  }
}

function notReadable(path: string, error: unknown): SiltstoneError {
  return new SiltstoneError('file_not_readable', `read ${path}: ${messageOf(error)}`, { cause: error });
}
