import { type Engine, literal } from '../engine.ts';
import {
  type Add,
  commitVersion,
  expiredOf,
  logFolder,
  readStats,
  type Scratch,
  type Snapshot,
  type Storage,
  tableFolder,
  type Watermark,
  watermarksOf,
  wholeColumns,
} from '../lake/index.ts';

/**
 * Points the views at a snapshot. Hot rows that the lake holds by now are dropped with it, never before or after. Only what
 * is another than in `shown` is touched, which must be what the views show; where that is not known, everything is.
 */
export async function showSnapshot(
  engine: Engine,
  scratch: Scratch,
  storage: Storage,
  snapshot: Snapshot,
  shown: Snapshot | undefined,
): Promise<void> {
  const files = changes(shown?.files, snapshot.files, (a, b) => a === b);
  const marks = changes(shown && marksOf(shown), marksOf(snapshot), isSameMark);
  await atOnce(engine, async () => {
    if (shown === undefined) await engine.run('delete from lake_adds; delete from watermarks');
    await change(engine, scratch, addsTable(storage), files);
    await change(engine, scratch, marksTable, marks);
    await engine.run(
      'delete from hot_rows using watermarks w where hot_rows.stream = w.stream and hot_rows.seq < w.lines',
    );
  });
}

/** Points `lake_commits` at the entries up to a snapshot, and gives the path of the oldest: it is the first that a clean-up removes. */
export async function showLog(engine: Engine, storage: Storage, { version }: Snapshot): Promise<string | undefined> {
  const log = (await storage.list(logFolder))
    .map(({ path }) => path)
    .filter((path) => (commitVersion(path) ?? Number.POSITIVE_INFINITY) <= version);
  const logFiles = log.sort().map((path) => literal(storage.locate(path)));
  await engine.run(
    `set variable lake_log_files = ${logFiles.length === 0 ? 'null::varchar[]' : `[${logFiles.join(', ')}]`}`,
  );
  return log[0];
}

interface Changes<V> {
  /** Keys of what is gone or another now. */
  readonly gone: readonly string[];
  readonly come: readonly (readonly [key: string, value: V])[];
}

function changes<V>(
  before: ReadonlyMap<string, V> = new Map(),
  after: ReadonlyMap<string, V>,
  isSame: (a: V, b: V) => boolean,
): Changes<V> {
  const isKept = (key: string, value: V, others: ReadonlyMap<string, V>): boolean => {
    const other = others.get(key);
    return other !== undefined && isSame(value, other);
  };
  return {
    gone: [...before].flatMap(([key, value]) => (isKept(key, value, after) ? [] : [key])),
    come: [...after].filter(([key, value]) => !isKept(key, value, before)),
  };
}

/** A watermark, and how many of its lines the lake holds no more. */
interface Mark extends Watermark {
  readonly expired?: number;
}

function marksOf(snapshot: Snapshot): ReadonlyMap<string, Mark> {
  const marks = watermarksOf(snapshot);
  const expired = expiredOf(snapshot);
  if (expired.size === 0) return marks;
  return new Map([...marks].map(([stream, mark]) => [stream, { ...mark, expired: expired.get(stream) ?? 0 }]));
}

const isSameMark = (a: Mark, b: Mark): boolean =>
  a.lines === b.lines && a.bytes === b.bytes && a.takenAt === b.takenAt && (a.expired ?? 0) === (b.expired ?? 0);

/** How a table is filled: its key, the fields of a row as JSON, and what is made of them. */
interface Table<V> {
  readonly name: string;
  readonly key: string;
  readonly fields: string;
  readonly selection: string;
  rowOf(value: V, key: string): object;
}

const addsTable = (storage: Storage): Table<Add> => ({
  name: 'lake_adds',
  key: 'log_path',
  fields: `log_path: 'varchar', event: 'varchar', "date": 'date', bytes: 'bigint', row_count: 'bigint', added_ms: 'bigint',
    job_min: 'varchar', job_max: 'varchar', promoted: 'varchar[]'`,
  selection: `log_path, url_decode(log_path), ${literal(storage.locate(tableFolder))} || '/' || url_decode(log_path), event,
    "date", bytes, row_count, make_timestamp(added_ms * 1000), job_min, job_max, promoted`,
  rowOf: (add, path) => {
    const { partitionValues, size, modificationTime, stats } = add;
    const { event, date } = partitionValues;
    const known = readStats(stats);
    return {
      ...{ log_path: path, event, date, bytes: size, row_count: known.numRecords, added_ms: modificationTime },
      ...{ job_min: known.minValues?.job_id, job_max: known.maxValues?.job_id, promoted: wholeColumns(add) },
    };
  },
});

const marksTable: Table<Mark> = {
  name: 'watermarks',
  key: 'stream',
  fields: `stream: 'varchar', lines: 'bigint', bytes: 'bigint', taken_ms: 'bigint', expired: 'bigint'`,
  selection: 'stream, lines, bytes, make_timestamp(taken_ms * 1000), expired',
  rowOf: ({ lines, bytes, takenAt, expired = 0 }, stream) => ({ stream, lines, bytes, taken_ms: takenAt, expired }),
};

async function change<V>(
  engine: Engine,
  scratch: Scratch,
  { name, key, fields, selection, rowOf }: Table<V>,
  { gone, come }: Changes<V>,
): Promise<void> {
  if (gone.length > 0) {
    const keys = await rowsOf(scratch, gone, (one) => ({ key: one }), "key: 'varchar'");
    await engine.run(`delete from ${name} where ${key} in (from ${keys})`);
  }
  if (come.length > 0) {
    const rows = await rowsOf(scratch, come, ([one, value]) => rowOf(value, one), fields);
    await engine.run(`insert into ${name} select ${selection} from ${rows}`);
  }
}

/** Values as rows of a table function. */
async function rowsOf<V>(
  scratch: Scratch,
  values: readonly V[],
  rowOf: (value: V) => object,
  fields: string,
): Promise<string> {
  const file = await scratch.write('rows.ndjson', values.map((value) => `${JSON.stringify(rowOf(value))}\n`).join(''));
  return `read_json(${literal(file)}, format = 'newline_delimited', hive_partitioning = false, columns = {${fields}})`;
}

/** All of it or nothing, also where a query is interrupted in between. */
async function atOnce(engine: Engine, action: () => Promise<void>): Promise<void> {
  await engine.run('begin');
  try {
    await action();
    await engine.run('commit');
  } catch (error) {
    // Where the commit itself failed there is nothing left to roll back.
    await engine.run('rollback').catch(() => undefined);
    throw error;
  }
}
