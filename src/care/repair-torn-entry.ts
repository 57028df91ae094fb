import { type Engine, literal } from '../engine.ts';
import { SiltstoneError } from '../errors.ts';
import { current, inboxId, listStreams, takenSuffix } from '../inbox/index.ts';
import { commitPath, loadSnapshot, type Snapshot, type Storage, untaken, watermarksOf } from '../lake/index.ts';
import { orphansIn, readSql } from '../query/index.ts';
import type { RepairBench } from './repair.ts';
import { setAside } from './repair-checkpoints.ts';
import type { LogPlan } from './repair-log.ts';

/**
 * The newest log entry, empty or torn. No siltstone writes one: a disk lost what it had said was safe, or another program
 * wrote it. Without it the lake is what it was before, and the lines that it took are pending again: if they are there.
 */
export async function tornEntryFix(bench: RepairBench, version: number, found: string): Promise<LogPlan> {
  const { storage, engine } = bench;
  const path = commitPath(version);
  const content = await storage.read(path);
  const before = await loadSnapshot(withoutFile(storage, path), engine);
  const lost = await linesNowhereElse(bench, before);
  if (lost.length > 0) {
    const advice =
      'Put the entry back from a copy (`siltstone backup` keeps every entry). Without it these lines are lost: their data ' +
      'files are there, and nothing says that they count.';
    return { fixes: [], hopeless: [{ of: path, found: `${found}; the inbox lacks ${lost.join(', ')}`, advice }] };
  }
  const fix = {
    of: path,
    found,
    proof:
      `it is the newest entry, so nothing was built on it; the lake opens at version ${before.version}, and each line of ` +
      'each data file that no entry names is in the lake or still in the inbox',
    does:
      'sets it aside under a name that no reader looks for; the next compaction takes its lines again. Start readers and ' +
      'watchers anew that ran before the damage',
    apply: () => dropped(storage, version, content),
  };
  return { fixes: [fix], hopeless: [] };
}

/** @throws SiltstoneError `conflict` where the log has gone on meanwhile; then it is as it was. */
async function dropped(storage: Storage, version: number, planned: Buffer | undefined): Promise<'mended'> {
  const path = commitPath(version);
  const content = await storage.read(path);
  const goesOn = (await storage.stat(commitPath(version + 1))) !== undefined;
  if (goesOn || content === undefined || planned === undefined || !content.equals(planned)) {
    throw new SiltstoneError('conflict', `${path} is not as it was when the repair was planned`);
  }
  await setAside(storage, path, 'torn');
  // Only a process that had read the entry while it was whole can have gone on just now.
  if ((await storage.stat(commitPath(version + 1))) === undefined) return 'mended';
  await storage.create(path, content);
  throw new SiltstoneError('conflict', `the log went on behind ${path}`);
}

/** A warehouse as it would be without one file. */
function withoutFile(storage: Storage, path: string): Storage {
  return {
    ...storage,
    list: async (folder) => (await storage.list(folder)).filter((file) => file.path !== path),
    stat: async (one) => (one === path ? undefined : storage.stat(one)),
    read: async (one) => (one === path ? undefined : storage.read(one)),
  };
}

/** In words: what stands only in data files that no entry names. */
async function linesNowhereElse({ storage, engine }: RepairBench, before: Snapshot): Promise<readonly string[]> {
  const orphans = await orphansIn(storage, before);
  if (orphans.length === 0) return [];
  const watermarks = watermarksOf(before);
  const id = await inboxId(storage);
  const files = [...(await listStreams(storage, id)), ...(await listStreams(storage, id, takenSuffix))];
  const pending = new Map(files.map((file) => [current(file, watermarks).stream, file.bytes]));
  const lost: string[] = [];
  for (const [stream, lines] of await linesOf(engine, storage, orphans)) {
    const mark = watermarks.get(stream) ?? untaken;
    const isThere = lines <= mark.lines || (pending.get(stream) ?? 0) > mark.bytes;
    if (!isThere) lost.push(`lines ${mark.lines} to ${lines - 1} of ${stream}`);
  }
  return lost;
}

/** Per stream, one more than the highest line in some data files. */
async function linesOf(
  engine: Engine,
  storage: Storage,
  paths: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  await engine.run(`set variable verified_files = [${paths.map((path) => literal(storage.locate(path))).join(', ')}]`);
  const rows = await engine.rows(readSql('verify/rows_of_streams.sql'));
  return new Map(rows.map((row) => [String(row.stream), Number(row.line_max) + 1]));
}
