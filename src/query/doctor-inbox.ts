import type { Dirent } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { jobIdPattern } from '../events/index.ts';
import {
  inboxFolder,
  inboxIdForReading,
  listStreams,
  type StreamFile,
  sideBySide,
  takenSuffix,
} from '../inbox/index.ts';
import type { Storage } from '../lake/index.ts';
import type { Finding } from './doctor.ts';

const hourMs = 3_600_000;

/** Whether the inbox holds anything that is passed over, or that waits for ever. */
export async function examineInbox(storage: Storage, now: number = Date.now()): Promise<readonly Finding[]> {
  const streams = await listStreams(storage, await inboxIdForReading(storage));
  const found = await stray(storage.locate(inboxFolder));
  const torn = await tornTails(streams, now);
  return [
    { state: 'ok', of: 'inbox', found: `streams: ${streams.length}` },
    ...warning(found.nameless, 'folders whose name is no job id', 'Lines in them need a job_id of their own.'),
    ...warning(found.links, 'links, which are passed over', 'Put the files themselves there.'),
    ...warning(
      found.others,
      'files that are no streams, which are passed over',
      'A stream is inbox/JOB/NAME.ndjson; move anything else out.',
    ),
    ...warning(
      torn,
      'streams whose last line has had no line end for an hour',
      'Its writer died there, or still has it in a buffer. Append a line end to have it taken.',
    ),
  ];
}

function warning(paths: readonly string[], what: string, remedy: string): readonly Finding[] {
  if (paths.length === 0) return [];
  return [{ state: 'warning', of: 'inbox', found: `${what}: ${paths.length}, such as ${paths[0]}`, remedy }];
}

interface Stray {
  readonly nameless: readonly string[];
  readonly links: readonly string[];
  readonly others: readonly string[];
}

/** What stands in the inbox beside streams in folders of jobs. What begins with a dot is meant to be passed over. */
async function stray(inbox: string): Promise<Stray> {
  const children = await entriesOf(inbox);
  const folders = children.filter((entry) => entry.isDirectory());
  const below = (await Promise.all(folders.map((folder) => entriesOf(join(inbox, folder.name))))).flat();
  const isStream = (entry: Dirent): boolean =>
    entry.isFile() && (entry.name.endsWith('.ndjson') || entry.name.endsWith(`.ndjson${takenSuffix}`));
  const paths = (entries: readonly Dirent[]): readonly string[] =>
    entries.map((entry) => join(entry.parentPath, entry.name));
  const inPlace = (entry: Dirent): boolean => (entry.parentPath === inbox ? entry.isDirectory() : isStream(entry));
  const all = [...children, ...below];
  return {
    nameless: paths(folders.filter(({ name }) => !jobIdPattern.test(name))),
    links: paths(all.filter((entry) => entry.isSymbolicLink())),
    others: paths(all.filter((entry) => !entry.isSymbolicLink() && !inPlace(entry))),
  };
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter(({ name }) => !name.startsWith('.'));
}

async function tornTails(streams: readonly StreamFile[], now: number): Promise<readonly string[]> {
  const quiet = streams.filter(({ bytes, modifiedAt }) => bytes > 0 && now - modifiedAt > hourMs);
  const torn = await sideBySide(quiet, async (stream) => ((await endsInLine(stream)) ? [] : [stream.path]));
  return torn.flat();
}

async function endsInLine({ file, bytes }: StreamFile): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, bytes - 1);
    return buffer[0] === 10;
  } finally {
    await handle.close();
  }
}
