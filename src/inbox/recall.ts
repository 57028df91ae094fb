import { type Engine, literal } from '../engine.ts';
import { lineBytesMax } from '../events/index.ts';
import {
  type Add,
  dataPath,
  lastForgotten,
  readStats,
  type Snapshot,
  type Storage,
  type Watermark,
  watermarksOf,
} from '../lake/index.ts';
import { linesOf, readRange, withOpen } from './lines.ts';
import { sideBySide } from './side-by-side.ts';
import type { StreamFile } from './streams.ts';

/**
 * The watermarks of streams that lie in the inbox and that the log has forgotten, from the rows that the lake holds of them:
 * a file that comes back after its watermark went must not be taken twice. Nothing is read where nothing was ever forgotten.
 */
export async function forgottenMarks(
  storage: Storage,
  engine: Engine,
  snapshot: Snapshot,
  files: readonly StreamFile[],
): Promise<ReadonlyMap<string, Watermark>> {
  const marks = new Map<string, Watermark>();
  const forgottenAt = lastForgotten(snapshot);
  if (forgottenAt === undefined) return marks;
  const known = watermarksOf(snapshot);
  const unknown = files.filter((file) => file.bytes > 0 && !known.has(file.base));
  const older = await sideBySide(unknown, async (file) => ((await isYounger(file, forgottenAt)) ? [] : [file]));
  const lines = await linesInLake(
    storage,
    engine,
    snapshot,
    older.flat().map(({ base }) => base),
  );
  for (const file of older.flat()) {
    const taken = lines.get(file.base);
    if (taken !== undefined) marks.set(file.base, await markBehind(file, taken));
  }
  return marks;
}

const headBytes = 4096;

/**
 * Whether a foreign stream began after the last time that one was forgotten. Names of our own streams rise with time, so the
 * stats of the lake's files tell it of them.
 */
async function isYounger({ file, base }: StreamFile, forgottenAt: number): Promise<boolean> {
  if (!base.includes('/')) return false;
  const head = await withOpen(file, (handle) => readRange(handle, { from: 0, to: headBytes }));
  const ts = /"ts"\s*:\s*"([^"]*)"/.exec(head.toString('latin1'))?.[1];
  return Date.parse(ts ?? '') > forgottenAt;
}

/** How many lines the lake holds of each of some streams; without those that it holds none of. */
async function linesInLake(
  storage: Storage,
  engine: Engine,
  { files }: Snapshot,
  streams: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const perhaps = [...files.values()].filter((add) => mayHold(add, streams));
  if (perhaps.length === 0) return new Map();
  const paths = perhaps.map((add) => literal(storage.locate(dataPath(add.path))));
  const rows =
    await engine.rows(`select stream, max(seq) + 1 as lines from read_parquet([${paths.join(', ')}], schema = map {
    'stream': {name: 'stream', type: 'varchar', default_value: null}, 'seq': {name: 'seq', type: 'bigint', default_value: null}})
    where stream in (${streams.map(literal).join(', ')}) group by stream`);
  return new Map(rows.map(({ stream, lines }) => [String(stream), Number(lines)]));
}

function mayHold(add: Add, streams: readonly string[]): boolean {
  const [min, max] = streamBounds(add);
  return streams.some((stream) => (min === undefined || min <= stream) && (max === undefined || stream <= max));
}

type Bound = string | number | undefined;
type Bounds = readonly [min: Bound, max: Bound];

/** An add never changes, and there may be many thousands. */
const boundsKnown = new WeakMap<Add, Bounds>();

function streamBounds(add: Add): Bounds {
  const known = boundsKnown.get(add);
  if (known !== undefined) return known;
  const { minValues, maxValues } = readStats(add.stats);
  const bounds: Bounds = [minValues?.stream, maxValues?.stream];
  boundsKnown.set(add, bounds);
  return bounds;
}

/** Behind so many lines of a file, or behind its end where it has fewer. */
async function markBehind({ file, bytes }: StreamFile, lines: number): Promise<Watermark> {
  return withOpen(file, async (handle) => {
    let count = 0;
    for await (const line of linesOf(handle, { from: 0, to: bytes }, lineBytesMax)) {
      count += 1;
      if (count === lines) return { lines, bytes: line.at + line.bytes + 1, takenAt: Date.now() };
    }
    return { lines, bytes, takenAt: Date.now() };
  });
}
