import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { merge } from '../../src/compactor/index.ts';
import { verify, writeInitSql } from '../../src/query/index.ts';
import { lineOf, logLine } from '../make/events.ts';
import { compacted, tempEngine, tempFolder, tempReader, tempWarehouse, type Warehouse } from '../make/warehouse.ts';
import { openByInitSql } from '../query/plain-duckdb.ts';

const golden = fileURLToPath(new URL('.', import.meta.url));
const versions = readdirSync(golden, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

interface Answer {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

type Answers = Readonly<Record<string, Answer>>;

/** Columns that a compaction may change, for they say where an event lies; and the views of the log itself. */
const ofPlaces: Readonly<Record<string, readonly string[]>> = { streams: ['hot', 'compacted'] };
const ofTheLog = ['lake_files', 'lake_commits'];

/** A copy of the warehouse that a version wrote, and what that version said of it. */
function released(version: string): { readonly warehouse: Warehouse; readonly said: Answers } {
  const folder = tempFolder();
  cpSync(join(golden, version, 'warehouse'), folder, { recursive: true });
  const said = JSON.parse(readFileSync(join(golden, version, 'answers.json'), 'utf8')) as Answers;
  return { warehouse: tempWarehouse({}, folder), said };
}

const sorted = (rows: readonly unknown[]): readonly string[] => rows.map((row) => JSON.stringify(row)).sort();

/** The rows of the same views and columns: a later version may have more of both. */
async function answers(
  said: Answers,
  rowsOf: (sql: string) => Promise<readonly unknown[]>,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const found: Record<string, readonly string[]> = {};
  for (const [view, { columns }] of Object.entries(said)) {
    const selected = columns.map((column) => `"${column}"`).join(', ');
    found[view] = sorted(await rowsOf(`select ${selected} from "${view}"`));
  }
  return found;
}

/** The same without what a compaction may change. */
function lasting(said: Answers): Answers {
  const views = Object.entries(said).filter(([view]) => !ofTheLog.includes(view));
  const kept = views.map(([view, { columns, rows }]) => {
    const left = new Set(ofPlaces[view] ?? ['hot']);
    const places = [...columns.keys()].filter((i) => !left.has(columns[i] ?? ''));
    const pick = <T>(row: readonly T[]): readonly T[] => places.flatMap((i) => row.slice(i, i + 1));
    return [view, { columns: pick(columns), rows: rows.map(pick) }] as const;
  });
  return Object.fromEntries(kept);
}

const inWords = (said: Answers): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(Object.entries(said).map(([view, { rows }]) => [view, sorted(rows)]));

/** Every file of a folder with its content. */
const contents = (folder: string): readonly (readonly [string, string])[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort()
    .map((path) => [path, readFileSync(path, 'base64')] as const);

test('there is a warehouse of each released format', () => {
  expect(versions).toContain('0.1.0');
});

test.each(versions)('a warehouse that %s wrote says what it said then, and nothing in it is touched', async (version) => {
  const { warehouse, said } = released(version);
  const before = contents(warehouse.path);
  const reader = await tempReader(warehouse);

  const found = await answers(said, async (sql) => (await reader.query(sql)).rows);

  expect(found).toEqual(inWords(said));
  expect(contents(warehouse.path)).toEqual(before);
});

test.each(versions)('a warehouse that %s wrote is whole, value by value and line by line', async (version) => {
  const { warehouse } = released(version);
  const { problems, orphans } = await verify(warehouse.storage, await tempEngine(), undefined, { deep: true });

  expect(problems).toEqual([]);
  expect(orphans).toEqual([]);
});

test.each(versions)('a warehouse that %s wrote goes on: compaction and merge change no answer', async (version) => {
  const { warehouse, said } = released(version);
  const expected = lasting(said);
  const reader = await tempReader(warehouse);
  const found = () => answers(expected, async (sql) => (await reader.query(sql)).rows);

  expect((await compacted(warehouse)).lines).toBeGreaterThan(0);
  expect(await found()).toEqual(inWords(expected));
  const { commits } = await merge({ ...warehouse, engine: await tempEngine() });
  expect(commits).toBeGreaterThan(0);
  expect(await found()).toEqual(inWords(expected));

  warehouse.append('job-1/new.ndjson', lineOf(logLine()));
  await compacted(warehouse);
  const events = await reader.rows('select count(*)::int as count from events');
  expect(events).toEqual([{ count: (said.events?.rows.length ?? 0) + 1 }]);
  const { problems, orphans } = await verify(warehouse.storage, await tempEngine(), undefined, { deep: true });
  expect({ problems, orphans }).toEqual({ problems: [], orphans: [] });
});

test.each(versions)('init.sql over a warehouse that %s wrote says what a reader says', async (version) => {
  const { warehouse, said } = released(version);
  await compacted(warehouse);
  await writeInitSql(warehouse.storage, await tempEngine());
  const plain = await openByInitSql(warehouse.path);
  const expected = lasting(said);

  expect(await answers(expected, (sql) => plain.rows(sql))).toEqual(inWords(expected));
});
