import { kindsOf, writePartitions } from '../compactor/index.ts';
import { type Engine, literal } from '../engine.ts';
import { nextPieces, type Pending, takeIn, takenStreams } from '../inbox/index.ts';
import {
  type Add,
  dataPath,
  lendTemporary,
  type Scratch,
  type Snapshot,
  type Storage,
  type Watermark,
  watermarksOf,
} from '../lake/index.ts';
import { readSql } from '../query/index.ts';
import type { RepairBench } from './repair.ts';

/** Live files that are not what the log says, and the others. */
export interface Broken {
  readonly broken: readonly Add[];
  readonly good: readonly Add[];
}

/** A run of lines of a stream that nothing holds any more. */
export interface Lost {
  readonly stream: string;
  readonly first: number;
  readonly last: number;
}

/** How many of the missing lines the inbox still has, and which it has not. */
export async function countRetaken(
  bench: RepairBench,
  snapshot: Snapshot,
  files: Broken,
): Promise<{ readonly retaken: number; readonly lost: readonly Lost[] }> {
  const missing = await findMissing(bench, snapshot, files);
  let retaken = 0;
  await eachBatch(bench, snapshot, missing, lendTemporary, async () => {
    retaken += await keptLines(bench.engine);
    await bench.engine.run('insert into care.present select stream, seq from intake.events');
  });
  return { retaken, lost: await missingLines(bench.engine) };
}

/** Writes the missing lines that the inbox still has into new data files. Published and durable; no commit names them. */
export async function writeRetaken(
  bench: RepairBench,
  snapshot: Snapshot,
  files: Broken,
): Promise<{ readonly adds: readonly Add[]; readonly rowCount: number }> {
  const { storage, engine, settings } = bench;
  const missing = await findMissing(bench, snapshot, files);
  const adds: Add[] = [];
  let rowCount = 0;
  await eachBatch(bench, snapshot, missing, storage.lend, async (scratch) => {
    rowCount += await keptLines(engine);
    // A promoted value that a file does not hold is read from attrs.
    const options = { ...settings, promoted: () => [] };
    const written = await writePartitions(engine, scratch, kindsOf(snapshot), options);
    await storage.publish(written.map(({ scratchPath, add }) => ({ from: scratchPath, to: dataPath(add.path) })));
    adds.push(...written.map(({ add }) => add));
  });
  return { adds, rowCount };
}

/** Runs of lines that were taken and that no good file holds. Leaves in `care.present` what the good ones hold. */
async function findMissing(
  { storage, engine }: RepairBench,
  snapshot: Snapshot,
  { broken, good }: Broken,
): Promise<readonly Lost[]> {
  const scratch = await lendTemporary();
  try {
    await engine.run('create schema if not exists care');
    const marks = [...watermarksOf(snapshot)].map(([stream, { lines }]) => ({ stream, lines }));
    await fill(engine, scratch, 'marks', marks, { stream: 'varchar', lines: 'bigint' });
    const places = broken.map(({ partitionValues: { event = null, date = null } }) => ({ event, date }));
    await fill(engine, scratch, 'broken', places, { event: 'varchar', date: 'date' });
    await fillPresent(engine, storage, good);
    return await missingLines(engine);
  } finally {
    await scratch.close();
  }
}

async function missingLines(engine: Engine): Promise<readonly Lost[]> {
  const rows = await engine.rows(readSql('care/missing_lines.sql'));
  return rows.map(({ stream, first_line, last_line }) => ({
    stream: String(stream),
    first: Number(first_line),
    last: Number(last_line),
  }));
}

async function fill(
  engine: Engine,
  scratch: Scratch,
  table: 'marks' | 'broken',
  rows: readonly object[],
  columns: Readonly<Record<string, string>>,
): Promise<void> {
  const file = await scratch.write(`${table}.ndjson`, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const types = Object.entries(columns).map(([name, type]) => `"${name}": '${type}'`);
  await engine.run(`create or replace table care.${table} as select * from read_json(${literal(file)},
    format = 'newline_delimited', hive_partitioning = false, columns = {${types.join(', ')}})`);
}

async function fillPresent(engine: Engine, storage: Storage, good: readonly Add[]): Promise<void> {
  await engine.run('create or replace table care.present (stream varchar, seq bigint)');
  if (good.length === 0) return;
  const files = good.map(({ path }) => literal(storage.locate(dataPath(path))));
  await engine.run(`insert into care.present select stream, seq from read_parquet([${files.join(', ')}], schema = map {
    'stream': {name: 'stream', type: 'varchar', default_value: null}, 'seq': {name: 'seq', type: 'bigint', default_value: null}})`);
}

/** Judges the lines of the streams that lack some again, in batches; of each, those that are missing are left in the intake. */
async function eachBatch(
  { storage, engine, settings }: RepairBench,
  snapshot: Snapshot,
  missing: readonly Lost[],
  lend: () => Promise<Scratch>,
  use: (scratch: Scratch) => Promise<void>,
): Promise<void> {
  const lacking = new Set(missing.map(({ stream }) => stream));
  const streams = (await takenStreams(storage, watermarksOf(snapshot))).filter(({ stream }) => lacking.has(stream));
  const judged = new Map<string, Watermark>();
  const left = (): readonly Pending[] =>
    streams
      .map((stream) => ({ ...stream, from: judged.get(stream.stream) ?? stream.from }))
      .filter(({ from, bytes }) => from.bytes < bytes);
  for (;;) {
    const pieces = await nextPieces(left(), settings.compact_batch_bytes);
    if (pieces.length === 0) return;
    const scratch = await lend();
    try {
      const { watermarks } = await takeIn(engine, scratch, pieces, { copyAll: true });
      for (const [stream, mark] of watermarks) judged.set(stream, { ...mark, takenAt: 0 });
      await engine.run(readSql('care/keep_missing.sql'));
      await use(scratch);
    } finally {
      await scratch.close();
    }
  }
}

/** How many lines are left in the intake. */
async function keptLines(engine: Engine): Promise<number> {
  const [row] = await engine.rows('select count(*)::int as lines from intake.events');
  return Number(row?.lines ?? 0);
}
