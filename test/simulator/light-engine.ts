import type { Engine, Row, Values } from '../../src/engine.ts';
import { SiltstoneError, systemCodeOf } from '../../src/errors.ts';
import { checkpointColumns } from '../../src/lake/checkpoint-columns.ts';
import { dataPath } from '../../src/lake/log-paths.ts';
import { createFile, fileAt, find, write } from './disk.ts';
import { type Call, callAsync, type Machine } from './machine.ts';
import { temporary, warehouse } from './system.ts';

/**
 * Stands in for DuckDB, a hundred times faster: it knows the statements of the compactor, the lake and the readers by
 * their form, and a “Parquet file” holds its rows as JSON lines. It refuses to read lines as they are, so the compactor
 * judges each in JavaScript. A statement that it does not know is an error that says so: add it to the table below.
 */
export function openLightEngine(on: Machine): Engine {
  const tables = emptyTables();
  const answer = async (sql: string, values: Values = []): Promise<readonly Row[]> => {
    for (const [form, act] of statements) {
      const found = form.exec(sql);
      if (found !== null) return (await act({ on, tables, values: Object.values(values), found, sql })) ?? [];
    }
    throw new Error(`the light engine of the simulator does not know: ${sql}`);
  };
  return {
    run: async (sql, values) => {
      await answer(sql, values);
    },
    rows: answer,
    texts: (sql) => checkpointTexts(on, sql),
    together: (all) => Promise.all(all.map((sql) => answer(sql))),
    result: () => Promise.reject(new Error('the light engine gives rows only')),
    stream: () => Promise.reject(new Error('the light engine gives rows only')),
    confine: () => Promise.resolve(),
    interrupt: () => {},
    close: () => {},
  };
}

interface Tables {
  /** Of the intake: file number → stream. */
  files: readonly Row[];
  /** Of the intake: events. */
  lines: readonly Row[];
  hotRows: readonly Row[];
  adds: readonly Row[];
  watermarks: readonly Row[];
  /** What a transaction began with. */
  before?: Tables;
  /** Lists of files. */
  readonly variables: Map<string, readonly string[]>;
}

const emptyTables = (): Tables => ({
  files: [],
  lines: [],
  hotRows: [],
  adds: [],
  watermarks: [],
  variables: new Map(),
});

interface Asked {
  readonly on: Machine;
  readonly tables: Tables;
  readonly values: readonly unknown[];
  readonly found: RegExpExecArray;
  readonly sql: string;
}

type Act = (asked: Asked) => Promise<readonly Row[] | undefined> | readonly Row[] | undefined;

const nothing: Act = () => undefined;
const put = (tables: Tables, changed: Partial<Tables>): undefined => void Object.assign(tables, changed);
const literals = (text: string): readonly string[] => [...text.matchAll(/'([^']*)'/g)].map((found) => String(found[1]));
const numbers = (text: string): readonly number[] => [...text.matchAll(/\d+/g)].map(Number);

const intake: readonly (readonly [RegExp, Act])[] = [
  [/^create schema if not exists intake/, nothing],
  [/^create or replace table intake\.lines/, ({ tables }) => put(tables, { lines: [] })],
  [/^create or replace view intake\.events/, nothing],
  [
    /^create or replace table intake\.files as select \* from read_json\('([^']*)'/,
    async ({ on, tables, found }) => put(tables, { files: await readLines(on, found[1]) }),
  ],
  [
    /^insert into intake\.lines\s+select cast\(file_index/,
    () => {
      throw new SiltstoneError('engine_failed', 'Invalid Input Error: the light engine reads canonical lines only');
    },
  ],
  [/^delete from intake\.lines/, nothing],
  [/^create or replace table intake\.shared/, nothing],
  [/^insert into intake\.lines select getvariable\('intake_numbers'\)/, loadCanonical],
  [
    /^select event, cast\(epoch_us\(ts\)[\s\S]* from intake\.lines/,
    ({ tables }) => {
      const counts = new Map<string, number>();
      for (const { event, ts } of tables.lines) {
        const group = `${event} ${Math.floor(Date.parse(String(ts)) / dayMs)}`;
        counts.set(group, (counts.get(group) ?? 0) + 1);
      }
      const groups = [...counts].map(([group, rowCount]) => ({ parts: group.split(' '), rowCount }));
      return groups.map(({ parts: [event, day], rowCount }) => ({ event, day: Number(day), rowCount }));
    },
  ],
];

const dayMs = 86_400_000;

async function loadCanonical({ on, tables }: Asked): Promise<undefined> {
  const paths = tables.variables.get('intake_paths') ?? [];
  const files = tables.variables.get('intake_numbers') ?? [];
  const streams = new Map(tables.files.map(({ file, stream }) => [String(file), stream]));
  for (const [i, path] of paths.entries()) {
    const lines = await readLines(on, path);
    tables.lines = [...tables.lines, ...lines.map((line) => ({ ...line, stream: streams.get(String(files[i])) }))];
  }
}

const lake: readonly (readonly [RegExp, Act])[] = [
  [
    /^copy \(select [\s\S]* from intake\.events\s+where event = '([^']*)' and ts >= '([^']*)'[\s\S]*to '([^']*)'/,
    async ({ on, tables, found: [, event, date, path = ''] }) => {
      const rows = tables.lines.filter((row) => row.event === event && String(row.ts).startsWith(String(date)));
      return [await writeRows(on, path, rows)];
    },
  ],
  [
    /^copy \(select [\s\S]* from read_parquet\(\[(.*?)\], union_by_name[\s\S]*to '([^']*)'/,
    async ({ on, found: [, paths = '', to = ''] }) => [
      await writeRows(on, to, inOrder(await allRows(on, literals(paths)))),
    ],
  ],
  [/^describe from read_parquet/, nothing],
  [
    /^select stream, max\(seq\) \+ 1 as lines from read_parquet\(\[(.*?)\], schema[\s\S]*where stream in \((.*)\) group/,
    async ({ on, found: [, paths = '', streams = ''] }) => {
      const rows = await allRows(on, literals(paths));
      return literals(streams).flatMap((stream) => {
        const lines = rows.filter((row) => row.stream === stream).map(({ seq }) => Number(seq) + 1);
        return lines.length === 0 ? [] : [{ stream, lines: Math.max(...lines) }];
      });
    },
  ],
  [
    /^copy \(select \* from read_json\('([^']*)'[\s\S]*to '([^']*)'/,
    async ({ on, found: [, from, to = ''] }) => [await writeRows(on, to, await readLines(on, from))],
  ],
  [
    /^select distinct job_id from read_parquet\(\[(.*)\], union_by_name[\s\S]*where status in \('done'/,
    async ({ on, found }) =>
      (await allRows(on, literals(String(found[1])))).filter(({ status }) =>
        ['done', 'error', 'cancelled'].includes(String(status)),
      ),
  ],
];

/** The values of each kind of action in a checkpoint, packed as `checkpointActionsIn` wants them. */
async function checkpointTexts(on: Machine, sql: string): Promise<readonly (readonly string[])[]> {
  const [, path] = /from read_parquet\('([^']*)'/.exec(sql) ?? [];
  const rows = await readRows(on, path);
  return [
    Object.entries(checkpointColumns).flatMap(([name, fields]) => {
      const actions = rows.flatMap((row) => (row[name] ? [row[name] as Row] : []));
      return Object.keys(fields).map((field) => actions.map((one) => packedText(one[field])).join('\x1e') || '\x1c');
    }),
  ];
}

const packedText = (value: unknown): string =>
  value === undefined || value === null ? '\x1d' : typeof value === 'object' ? JSON.stringify(value) : String(value);

const reader: readonly (readonly [RegExp, Act])[] = [
  [/^begin$/, ({ tables }) => put(tables, { before: { ...tables } })],
  [/^commit$/, nothing],
  [/^rollback$/, ({ tables }) => put(tables, { ...tables.before })],
  [/^copy \(select null::/, nothing],
  [/^(create (or replace )?(table|view|macro)|--)[\s\S]*\bcreate or replace (view|macro)/, nothing],
  [/^create table/, nothing],
  [/^explain /, () => [{ explain_value: '[]' }]],
  [
    /^set variable (\w+) = \[(.*)\]$/,
    ({ tables, found }) => void tables.variables.set(String(found[1]), listOf(String(found[2]))),
  ],
  [/^set variable/, nothing],
  [/^select column_name as name[\s\S]*duckdb_columns/, () => []],
  [/^delete from lake_adds; delete from watermarks$/, ({ tables }) => put(tables, { adds: [], watermarks: [] })],
  [
    /^delete from (lake_adds|watermarks) where (log_path|stream) in \(from read_json\('([^']*)'/,
    async ({ on, tables, found: [, name, key = '', path] }) => {
      const gone = new Set((await readLines(on, path)).map((row) => row.key));
      const left = (rows: readonly Row[]): readonly Row[] => rows.filter((row) => !gone.has(row[key]));
      return put(tables, name === 'lake_adds' ? { adds: left(tables.adds) } : { watermarks: left(tables.watermarks) });
    },
  ],
  [
    /^insert into (lake_adds|watermarks) select [\s\S]* from read_json\('([^']*)'/,
    async ({ on, tables, found: [, name, path] }) => {
      const come = await readLines(on, path);
      if (name === 'watermarks') return put(tables, { watermarks: [...tables.watermarks, ...come] });
      const adds = come.map(({ log_path }) => ({ log_path, file: `${warehouse}/${dataPath(String(log_path))}` }));
      return put(tables, { adds: [...tables.adds, ...adds] });
    },
  ],
  [
    /^delete from hot_rows using watermarks/,
    ({ tables }) => {
      const taken = new Map(tables.watermarks.map(({ stream, lines }) => [stream, Number(lines)]));
      tables.hotRows = tables.hotRows.filter(({ stream, seq }) => Number(seq) >= (taken.get(stream) ?? 0));
      return undefined;
    },
  ],
  [
    /^delete from hot_rows where stream = '([^']*)'/,
    ({ tables, found }) => put(tables, { hotRows: tables.hotRows.filter(({ stream }) => stream !== found[1]) }),
  ],
  [/^delete from hot_rows$/, ({ tables }) => put(tables, { hotRows: [] })],
  [/^insert into hot_rows select/, ({ tables }) => put(tables, { hotRows: [...tables.hotRows, ...tables.lines] })],
  [
    /^select .* from events$/,
    async ({ on, tables }) => [
      ...(await allRows(
        on,
        tables.adds.map(({ file }) => String(file)),
      )),
      ...tables.hotRows.map((row) => ({ ...row, hot: true })),
    ],
  ],
];

const verifying: readonly (readonly [RegExp, Act])[] = [
  [/^describe /, () => []],
  [
    /read_parquet\(\$1, hive_partitioning = false\)[\s\S]*row_count/,
    async ({ on, values }) => [{ row_count: (await readRows(on, String(values[0]))).length, stray_count: 0 }],
  ],
  [
    /from read_parquet\(getvariable\('verified_files'\)/,
    async ({ on, tables }) => {
      const found = new Map<unknown, number[]>();
      for (const { stream, seq } of await allRows(on, tables.variables.get('verified_files') ?? []))
        found.set(stream, [...(found.get(stream) ?? []), Number(seq)]);
      return [...found].map(([stream, lines]) => ({
        stream,
        row_count: lines.length,
        line_count: new Set(lines).size,
        line_max: Math.max(...lines),
      }));
    },
  ],
];

const statements = [...intake, ...lake, ...verifying, ...reader];

const listOf = (text: string): readonly string[] => (text.includes("'") ? literals(text) : numbers(text).map(String));

const place = ({ job_id, stream, seq }: Row): string => `${job_id} ${stream} ${String(seq).padStart(9, '0')}`;
const inOrder = (rows: readonly Row[]): readonly Row[] => rows.toSorted((a, b) => (place(a) < place(b) ? -1 : 1));

const signature = 'PAR1';

async function writeRows(on: Machine, path: string, rows: readonly Row[]): Promise<Row> {
  const bytes = Buffer.from(`${signature}\n${rows.map((row) => `${JSON.stringify(row)}\n`).join('')}${signature}`);
  const put = (length: number): void => {
    const file =
      find(on.disk, path)?.kind === 'file' ? fileAt(on.disk, path, 'open') : createFile(on.disk, path, on.now);
    file.bytes = Buffer.alloc(0);
    write(file, bytes.subarray(0, length), on.now);
  };
  const call = { name: 'engine write', path, changes: true, act: () => put(bytes.length) };
  await asked(on, { ...call, tear: (share) => put(Math.floor(bytes.length * share)) });
  return { filename: path, count: rows.length, file_size_bytes: bytes.length, column_statistics: [] };
}

/** The rows of a file that must be whole. */
async function readRows(on: Machine, path = ''): Promise<readonly Row[]> {
  const text = await readText(on, path);
  if (!text.startsWith(`${signature}\n`) || !text.endsWith(`\n${signature}`))
    throw new SiltstoneError('engine_failed', `Invalid Input Error: ${path} is no whole file`);
  return parsed(text.slice(signature.length, -signature.length));
}

async function allRows(on: Machine, paths: readonly string[]): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const path of paths) rows.push(...(await readRows(on, path)));
  return rows;
}

const readLines = async (on: Machine, path = ''): Promise<readonly Row[]> => parsed(await readText(on, path));

const parsed = (text: string): readonly Row[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);

const readText = (on: Machine, path: string): Promise<string> =>
  asked(on, { name: 'engine read', path, changes: false, act: () => fileAt(on.disk, path, 'open').bytes.toString() });

/** A failed call in the engine's words. */
async function asked<T>(on: Machine, call: Call): Promise<T> {
  try {
    return await callAsync<T>(on, { ...call, isOwn: call.path.startsWith(temporary) });
  } catch (cause) {
    const isFull = ['ENOSPC', 'EDQUOT'].includes(systemCodeOf(cause) ?? '');
    throw new SiltstoneError(isFull ? 'disk_full' : 'engine_failed', `IO Error: ${call.path}: ${String(cause)}`, {
      cause,
    });
  }
}
