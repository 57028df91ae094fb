import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createFile,
  type Disk,
  type Entry,
  entryAt,
  type File,
  fileAt,
  find,
  folderAt,
  link,
  makeFolder,
  removeFolder,
  rename,
  sync,
  systemError,
  unlink,
  write,
} from './disk.ts';
import { type Call, callAsync, callSync, type Machine, machine } from './machine.ts';
import { planted } from './planted.ts';

/** All that the simulated machine has; on the real disk only what the real DuckDB is to read lies there. */
export const simulatedRoot = join(tmpdir(), `siltstone-simulated-${process.pid}`);
/** The warehouse of the simulated machine, and the folder in which readers make theirs. */
export const warehouse = `${simulatedRoot}/warehouse`;
export const temporary = `${simulatedRoot}/tmp`;

const isSimulated = (path: unknown): boolean => machine() !== undefined && String(path).startsWith(`${simulatedRoot}/`);

const real = { fs: process.getBuiltinModule('node:fs'), promises: process.getBuiltinModule('node:fs/promises') };

/** The functions of a real module, each of which goes to ours where its path is of the simulated machine. */
function routed<M extends object>(realModule: M, ours: Readonly<Record<string, unknown>>): M {
  const names = Object.keys(realModule) as (keyof M & string)[];
  const entries = names.map((name) => {
    const [theirs, own] = [realModule[name], ours[name]];
    if (typeof theirs !== 'function' || /^[A-Z_]/.test(name)) return [name, theirs];
    return [name, route(theirs as Function_, own as Function_ | undefined, name)];
  });
  const module = Object.fromEntries(entries);
  return { ...module, default: module };
}

type Function_ = (...values: unknown[]) => unknown;

function route(theirs: Function_, own: Function_ | undefined, name: string): Function_ {
  return (...values) => {
    const isOurs = typeof values[0] === 'number' ? values[0] >= descriptorMin : isSimulated(values[0]);
    if (!isOurs) return theirs(...values);
    if (own === undefined) throw new Error(`the simulated machine has no ${name}`);
    return own(...values);
  };
}

const on = (): Machine => {
  const found = machine();
  if (found === undefined) throw new Error('no simulated machine runs');
  return found;
};

type Act<T> = (disk: Disk, now: number) => T;
const reading = <T>(name: string, path: string, act: Act<T>): Call => callOf(name, path, false, act);
const changing = <T>(name: string, path: string, act: Act<T>): Call => callOf(name, path, true, act);

function callOf<T>(name: string, path: string, changes: boolean, act: Act<T>): Call {
  const isOwn = path.startsWith(temporary);
  return { name, path: path.replace(`${simulatedRoot}/`, ''), changes, isOwn, act: () => act(on().disk, on().now) };
}

/** A write that can be cut short. */
function writing(path: string, file: File, bytes: Uint8Array): Call {
  const call = changing('write', path, (_, now) => write(file, bytes, now));
  return { ...call, tear: (share) => write(file, bytes.subarray(0, Math.floor(bytes.length * share)), on().now) };
}

const syncing = (path: string, entry: Entry): Call =>
  changing('sync', path, (disk) => {
    if (planted() === 'no folder is synced' && entry.kind === 'folder') return;
    sync(disk, entry);
  });

function stats(entry: Entry) {
  return {
    size: entry.kind === 'file' ? entry.bytes.length : 0,
    mtimeMs: entry.modifiedAt,
    nlink: entry.kind === 'file' ? entry.nameCount : 1,
    isFile: () => entry.kind === 'file',
    isDirectory: () => entry.kind === 'folder',
    isSymbolicLink: () => false,
  };
}

const dirent = (parentPath: string, name: string, entry: Entry) => ({ ...stats(entry), name, parentPath });

function listed(disk: Disk, path: string, recursive: boolean): ReturnType<typeof dirent>[] {
  return [...folderAt(disk, path, 'readdir').entries].flatMap(([name, entry]) => [
    dirent(path, name, entry),
    ...(recursive && entry.kind === 'folder' ? listed(disk, join(path, name), true) : []),
  ]);
}

function opened(disk: Disk, path: string, flags: string, now: number): Entry {
  if (flags === 'r') return entryAt(disk, path, 'open');
  if (flags === 'wx' || find(disk, path) === undefined) return createFile(disk, path, now);
  const file = fileAt(disk, path, 'open');
  if (flags.startsWith('w')) file.bytes = Buffer.alloc(0);
  return file;
}

async function open(path: string, flags = 'r') {
  const call = (flags === 'r' ? reading : changing)('open', path, (disk, now) => opened(disk, path, flags, now));
  // A folder is opened to be synced, which tells more.
  const isFolder = find(on().disk, path)?.kind === 'folder';
  const entry = await callAsync<Entry>(on(), { ...call, ...(isFolder && { isOwn: true }) });
  return handleOf(path, entry);
}

function handleOf(path: string, entry: Entry) {
  const file = (): File => {
    if (entry.kind === 'file') return entry;
    throw systemError('EISDIR', 'read', path);
  };
  return {
    read: (buffer: Buffer, offset: number, length: number, position: number) =>
      callAsync(
        on(),
        reading('read', path, () => {
          const bytesRead = file().bytes.copy(buffer, offset, position, position + length);
          return { buffer, bytesRead };
        }),
      ),
    stat: () =>
      callAsync(
        on(),
        reading('stat', path, () => stats(entry)),
      ),
    writeFile: (content: Content) => writeAll(path, file(), content),
    sync: () => callAsync(on(), syncing(path, entry)),
    close: () => Promise.resolve(),
  };
}

type Content = string | Uint8Array | AsyncIterable<string | Uint8Array>;

async function writeAll(path: string, file: File, content: Content): Promise<void> {
  if (typeof content === 'string' || content instanceof Uint8Array) {
    await callAsync(on(), writing(path, file, Buffer.from(content)));
    return;
  }
  const parts: Buffer[] = [];
  for await (const part of content) parts.push(Buffer.from(part));
  await callAsync(on(), writing(path, file, Buffer.concat(parts)));
}

async function writeFile(path: string, content: Content): Promise<void> {
  const handle = await open(path, 'w');
  await handle.writeFile(content);
}

async function rm(path: string, { recursive = false, force = false } = {}): Promise<void> {
  const call = changing('rm', path, (disk, now) => {
    const entry = find(disk, path);
    if (entry === undefined && force) return;
    if (entry?.kind === 'folder') removeFolder(disk, path, recursive, now);
    else unlink(disk, path, now);
  });
  await callAsync(on(), call);
}

async function publish(from: string, to: string): Promise<void> {
  const call = changing('link', to, (disk, now) => {
    if (planted() === 'a rename for a link' && find(disk, to) !== undefined) unlink(disk, to, now);
    link(disk, from, to, now);
  });
  await callAsync(on(), call);
}

const fileSystemPromises = {
  open,
  rm,
  writeFile,
  link: publish,
  mkdir: (path: string, { recursive = false } = {}) =>
    callAsync(
      on(),
      changing('mkdir', path, (disk, now) => makeFolder(disk, path, recursive, now)),
    ),
  readdir: (path: string, { withFileTypes = false, recursive = false } = {}) =>
    callAsync(
      on(),
      reading('readdir', path, (disk) => {
        const found = listed(disk, path, recursive);
        return withFileTypes ? found : found.map(({ name }) => name);
      }),
    ),
  readFile: (path: string, encoding?: BufferEncoding) =>
    callAsync(
      on(),
      reading('readFile', path, (disk) => {
        const { bytes } = fileAt(disk, path, 'open');
        return encoding === undefined ? bytes : bytes.toString(encoding);
      }),
    ),
  statfs: () => Promise.resolve({ bavail: 2 ** 20, blocks: 2 ** 20, bsize: 2 ** 20 }),
  rename: (from: string, to: string) =>
    callAsync(
      on(),
      changing('rename', to, (disk, now) => rename(disk, from, to, now)),
    ),
  rmdir: (path: string) =>
    callAsync(
      on(),
      changing('rmdir', path, (disk, now) => removeFolder(disk, path, false, now)),
    ),
  stat: (path: string) =>
    callAsync(
      on(),
      reading('stat', path, (disk) => stats(entryAt(disk, path, 'stat'))),
    ),
  lstat: (path: string) =>
    callAsync(
      on(),
      reading('stat', path, (disk) => stats(entryAt(disk, path, 'stat'))),
    ),
  unlink: (path: string) =>
    callAsync(
      on(),
      changing('unlink', path, (disk, now) => unlink(disk, path, now)),
    ),
};

/** Descriptors of ours are above any of the real system. */
const descriptorMin = 1_000_000;
const descriptors = new Map<number, { readonly path: string; readonly entry: Entry }>();

export const closeDescriptors = (): void => descriptors.clear();

function openSync(path: string, flags: string | number): number {
  const creates = typeof flags === 'number' ? (flags & real.fs.constants.O_CREAT) !== 0 : flags !== 'r';
  const how = !creates ? 'r' : flags === 'a' ? 'a' : 'wx';
  const call = creates ? changing : reading;
  const entry = callSync<Entry>(
    on(),
    call('open', path, (disk, now) => opened(disk, path, how, now)),
  );
  const descriptor = descriptorMin + descriptors.size;
  descriptors.set(descriptor, { path, entry });
  return descriptor;
}

function heldFile(descriptor: number): { readonly path: string; readonly file: File } {
  const held = descriptors.get(descriptor);
  if (held?.entry.kind !== 'file') throw systemError('EBADF', 'read', String(descriptor));
  return { path: held.path, file: held.entry };
}

/** May take fewer bytes than given, as the kernel does where the disk fills up. */
function writeSync(descriptor: number, bytes: Buffer, from = 0): number {
  const { path, file } = heldFile(descriptor);
  const { faults, random } = on();
  const length = random.chance(faults.failing) ? random.below(bytes.length - from) + 1 : bytes.length - from;
  callSync(on(), { ...writing(path, file, bytes.subarray(from, from + length)), isWhole: true });
  return length;
}

/** Its bytes are read at once. */
async function* createReadStream(path: string): AsyncGenerator<Buffer> {
  yield (await fileSystemPromises.readFile(path)) as Buffer;
}

const fileSystem = {
  openSync,
  createReadStream,
  writeSync,
  closeSync: () => {},
  mkdirSync: (path: string, { recursive = false } = {}) =>
    callSync(
      on(),
      changing('mkdir', path, (disk, now) => makeFolder(disk, path, recursive, now)),
    ),
  unlinkSync: (path: string) =>
    callSync(
      on(),
      changing('unlink', path, (disk, now) => unlink(disk, path, now)),
    ),
  statSync: (path: string) =>
    callSync(
      on(),
      reading('stat', path, (disk) => stats(entryAt(disk, path, 'stat'))),
    ),
  lstatSync: (path: string) =>
    callSync(
      on(),
      reading('stat', path, (disk) => stats(entryAt(disk, path, 'stat'))),
    ),
  fstatSync: (descriptor: number) => stats(heldFile(descriptor).file),
  fsyncSync: (descriptor: number) => {
    const held = descriptors.get(descriptor);
    if (held !== undefined) callSync(on(), { ...syncing(held.path, held.entry) });
  },
  readSync: (descriptor: number, buffer: Buffer, offset: number, length: number, position: number) => {
    const { path, file } = heldFile(descriptor);
    return callSync(
      on(),
      reading('read', path, () => file.bytes.copy(buffer, offset, position, position + length)),
    );
  },
};

/** A folder of a reader's own, under a name that chance gives. */
const mkdtemp = async (prefix: string): Promise<string> => {
  const running = machine();
  if (running === undefined) return real.promises.mkdtemp(prefix);
  const path = join(temporary, running.random.hex(8));
  await callAsync(
    running,
    changing('mkdir', path, (disk, now) => makeFolder(disk, path, true, now)),
  );
  return path;
};

/** What `node:fs/promises` is in the simulated modules. */
export const promisesModule = { ...routed(real.promises, fileSystemPromises), mkdtemp };
const routedFs = routed(real.fs, fileSystem);
const texts = new Map<string, string | Buffer>();

/** The SQL of the source is read by every process: the real disk is asked once. */
const readFileSync = (path: string | URL, encoding?: BufferEncoding): string | Buffer => {
  if (isSimulated(path)) return routedFs.readFileSync(path, encoding);
  const found = texts.get(String(path)) ?? routedFs.readFileSync(path, encoding);
  texts.set(String(path), found);
  return found;
};

/** What `node:fs` is in the simulated modules. */
export const fsModule = { ...routedFs, readFileSync, promises: promisesModule };
