import { openEngine } from '../engine.ts';
import { SiltstoneError } from '../errors.ts';
import {
  type Action,
  type Add,
  commitPath,
  loadVersion,
  parseActions,
  type Snapshot,
  type Storage,
} from '../lake/index.ts';
import type { Reader } from '../query/index.ts';
import { countFiles, countHot } from './count.ts';
import { addFound, type Found, noTotals, type Totals } from './totals.ts';
import { type KeptTotals, keepTotals, readTotals } from './totals-file.ts';

/** The totals that are shown, and what they rest on. */
export interface Followed {
  /** Of the lake at `snapshot`, and of what was hot then. */
  readonly shown: Totals;
  /** What was hot alone. */
  readonly hot: readonly Found[];
  readonly snapshot: Snapshot;
  /** Whether all was counted anew, as what was known could not be gone on from. */
  readonly isRebuilt: boolean;
}

/** Totals of a lake that grows. */
export interface Follower {
  /** Brings them up to date. What fails leaves them as they were. */
  follow(): Promise<Followed>;
}

/** What is known of the lake: its totals, and the files that they are of. */
interface Known {
  readonly kept: KeptTotals;
  readonly snapshot: Snapshot;
}

/** @param reader of nobody else: its snapshot is that of the last query */
export function makeFollower(reader: Reader, storage: Storage): Follower {
  let known: Known | undefined;
  let hasLooked = false;
  return {
    async follow() {
      if (!hasLooked) known = await knownBefore(storage, await snapshotOf(reader));
      hasLooked = true;
      const hot = await countHot(reader);
      const { snapshot } = reader;
      const before = known;
      const advanced = snapshot.version < 0 ? undefined : await advance(reader, storage, before, snapshot);
      known = advanced?.known;
      if (known !== undefined && known.kept !== before?.kept) await keepTotals(storage, known.kept);
      const shown = addFound(known?.kept.totals ?? noTotals, hot);
      return { shown, hot, snapshot, isRebuilt: advanced?.isRebuilt ?? false };
    },
  };
}

async function snapshotOf(reader: Reader): Promise<Snapshot> {
  await reader.rows('select 1', undefined, {});
  return reader.snapshot;
}

/** What an earlier process kept, with the files that it had counted; undefined where they are not to be had any more. */
async function knownBefore(storage: Storage, newest: Snapshot): Promise<Known | undefined> {
  const kept = await readTotals(storage);
  if (kept === undefined || kept.version > newest.version) return undefined;
  if (kept.version === newest.version) return { kept, snapshot: newest };
  const engine = await openEngine({ memoryBytes: loadMemoryBytes, threads: 1 });
  try {
    return { kept, snapshot: await loadVersion(storage, engine, kept.version) };
  } catch (error) {
    if (error instanceof SiltstoneError && ['version_gone', 'lake_damaged'].includes(error.code)) return undefined;
    throw error;
  } finally {
    engine.close();
  }
}

const loadMemoryBytes = 256 * 1024 * 1024;

interface Advanced {
  readonly known: Known;
  readonly isRebuilt: boolean;
}

async function advance(
  reader: Reader,
  storage: Storage,
  known: Known | undefined,
  snapshot: Snapshot,
): Promise<Advanced> {
  const goesOn = known !== undefined && (await isSameHistory(storage, known.kept, snapshot));
  if (goesOn && known.kept.version === snapshot.version) return { known, isRebuilt: false };
  const added = goesOn ? await addedSince(storage, known.kept.version, snapshot.version) : undefined;
  if (!goesOn || added === undefined) return rebuild(reader, storage, snapshot);
  try {
    const { totals } = known.kept;
    const earlier = [...known.snapshot.files.values()];
    const found = await countFiles(reader, storage, added, earlier, totals.open);
    return { known: await knownOf(storage, snapshot, addFound(totals, found)), isRebuilt: false };
  } catch (error) {
    if (!isGone(error)) throw error;
    return rebuild(reader, storage, snapshot);
  }
}

async function rebuild(reader: Reader, storage: Storage, snapshot: Snapshot): Promise<Advanced> {
  const found = await countFiles(reader, storage, [...snapshot.files.values()], [], new Map());
  return { known: await knownOf(storage, snapshot, addFound(noTotals, found)), isRebuilt: true };
}

async function knownOf(storage: Storage, snapshot: Snapshot, totals: Totals): Promise<Known> {
  const { version, metaData } = snapshot;
  const commit = commitId((await entryOf(storage, version)) ?? []);
  return { kept: { totals, version, table: metaData?.id ?? '', commit }, snapshot };
}

/** A restored backup may be another history of the same table, or a shorter one. */
async function isSameHistory(storage: Storage, kept: KeptTotals, snapshot: Snapshot): Promise<boolean> {
  if (kept.table !== snapshot.metaData?.id || kept.version > snapshot.version) return false;
  const entry = await entryOf(storage, kept.version);
  // A log may be a checkpoint alone: no entry came, and none went.
  if (entry === undefined) return kept.commit === '' && kept.version === snapshot.version;
  return commitId(entry) === kept.commit;
}

/** Random for each commit of ours; other engines may leave it out. */
function commitId(actions: readonly Action[]): string {
  const info = actions.find(({ commitInfo }) => commitInfo)?.commitInfo;
  return info?.txnId ?? String(info?.timestamp ?? '');
}

async function entryOf(storage: Storage, version: number): Promise<readonly Action[] | undefined> {
  const content = await storage.read(commitPath(version));
  return content && parseActions(content, commitPath(version));
}

/** The files with events that came after a version; undefined where an entry is not there any more. */
async function addedSince(storage: Storage, version: number, newest: number): Promise<readonly Add[] | undefined> {
  const added: Add[] = [];
  for (let next = version + 1; next <= newest; next += 1) {
    const entry = await entryOf(storage, next);
    if (entry === undefined) return undefined;
    added.push(...newFiles(entry));
  }
  return added;
}

/**
 * The files of one commit whose events were not in the lake before: pure. A merge says that its files change nothing; what
 * takes files out with their events and puts others in writes old ones anew, as a repair does.
 */
export function newFiles(actions: readonly Action[]): readonly Add[] {
  if (actions.some(({ remove }) => remove?.dataChange)) return [];
  return actions.flatMap(({ add }) => (add?.dataChange ? [add] : []));
}

/** DuckDB's word for a file that a vacuum took. */
const isGone = (error: unknown): boolean =>
  error instanceof SiltstoneError && /No such file|No files found/.test(error.message);
