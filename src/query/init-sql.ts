import { type Engine, literal } from '../engine.ts';
import { fieldsOf, jobIdPattern, kinds, lineBytesMax, lineColumns } from '../events/index.ts';
import { inboxId, isCanonical, loadPromotion, promotionSql } from '../inbox/index.ts';
import { emptySnapshot, loadSnapshot, type Storage, tableFolder } from '../lake/index.ts';
import { noRows, schemaLiteral } from './lake-state.ts';
import { type PromotedView, promotedColumnsSql, promotedFilesSql, promotedViews } from './promoted-views.ts';
import { readSql, viewFiles } from './sql-files.ts';

const initPath = 'init.sql';
/** A scan needs a file, and a table without rows has none. */
const seedPath = `${tableFolder}/_siltstone/seed.parquet`;
const logSeedPath = `${tableFolder}/_siltstone/seed.ndjson`;

/**
 * Writes `init.sql`, which sets the views over a warehouse up in any DuckDB from 1.5 on, and the files that it needs.
 * Nothing is touched that is already as it should be.
 */
export async function writeInitSql(storage: Storage, engine: Engine): Promise<void> {
  // Without it the streams of foreign writers have no name yet.
  await inboxId(storage);
  if ((await storage.stat(logSeedPath)) === undefined) await storage.create(logSeedPath, '');
  if ((await storage.stat(seedPath)) === undefined) await writeSeed(storage, engine);
  const sql = initSql(storage.locate(''), await promotedViewsIn(storage, engine));
  const known = await storage.read(initPath);
  if (known?.toString('utf8') !== sql) await storage.replace(initPath, sql);
}

async function promotedViewsIn(storage: Storage, engine: Engine): Promise<readonly PromotedView[]> {
  const promotion = await loadPromotion(storage);
  const snapshot = promotion.size === 0 ? emptySnapshot : await loadSnapshot(storage, engine);
  return promotedViews(promotion, snapshot);
}

/** The script: the contract, then the state of the warehouse in SQL, then the views as they are. */
function initSql(warehouse: string, promoted: readonly PromotedView[]): string {
  return [
    readSql('init/00_head.sql'),
    setVariable('siltstone_warehouse', `coalesce(getvariable('siltstone_warehouse'), ${literal(warehouse)})`),
    setVariable('lake_schema', schemaLiteral),
    setVariable('siltstone_fields', fieldNames),
    setVariable('siltstone_columns', `[${lineColumns.map(({ name }) => literal(name)).join(', ')}]`),
    setVariable('siltstone_shape', literal(shapeOf((type) => jsonTypes[type] ?? type))),
    setVariable('siltstone_text_shape', literal(shapeOf(() => 'VARCHAR'))),
    readSql('init/01_snapshot.sql'),
    filled(readSql('init/02_streams.sql')),
    filled(readSql('init/03_hot_rows.sql')),
    promotionSql,
    readSql('base.sql'),
    ...viewFiles().map(({ sql }) => sql),
    ...(promoted.length === 0 ? [] : [promotedColumnsSql(promoted), promotedFilesSql()]),
    ...promoted.map(({ sql }) => sql),
  ].join('\n');
}

async function writeSeed(storage: Storage, engine: Engine): Promise<void> {
  const scratch = await storage.lend();
  try {
    const file = `${scratch.dir}/seed.parquet`;
    await engine.run(`copy (${noRows}) to ${literal(file)} (format parquet)`);
    await storage.publish([{ from: file, to: seedPath }]);
  } finally {
    await scratch.close();
  }
}

const setVariable = (name: string, value: string): string => `set variable ${name} = ${value};`;

/** Whole numbers are read as DOUBLE so that a fraction shows; times as text so that their form shows. */
const jsonTypes: Readonly<Record<string, string>> = { BIGINT: 'DOUBLE', TIMESTAMPTZ: 'VARCHAR' };

function shapeOf(typeOf: (type: string) => string): string {
  return JSON.stringify(Object.fromEntries(lineColumns.map(({ name, type }) => [name, typeOf(type)])));
}

const fieldNames = `map {${Object.entries(kinds)
  .map(([kind, schema]) => `'${kind}': [${fieldsOf(schema).map(({ name }) => `'${name}'`)}]`)
  .join(', ')}}`;

/** A text that DuckDB would cast, and that is no number to a strict reading: `01`, `+7`, `7 `. */
const numberText = String.raw`'[\t-\r ]*-?((0|[1-9]\d*)(\.\d*)?|\.\d+)([eE][-+]?\d+)?|true|false'`;

/** Whether each value that stands in the line is one that its column can hold. */
const isTyped = [
  '"seq" = trunc("seq") and abs("seq") <= 9007199254740991 or "seq" is null',
  ...columnsOf(['BIGINT', 'DOUBLE', 'BOOLEAN']).map((name) => `(texts."${name}" is null) = ("${name}" is null)`),
  ...columnsOf(['BIGINT', 'DOUBLE']).map((name) => `coalesce(regexp_full_match(texts."${name}", ${numberText}), true)`),
]
  .map((condition) => `(${condition})`)
  .join(' and ');

function columnsOf(types: readonly string[]): readonly string[] {
  return lineColumns.filter(({ type }) => types.includes(type)).map(({ name }) => name);
}

const parts: Readonly<Record<string, string>> = {
  no_rows: noRows,
  is_canonical: isCanonical,
  is_typed: isTyped,
  job_id_pattern: jobIdPattern.source,
  line_bytes_max: String(lineBytesMax),
};

/** The contract's parts, put where the SQL names them. */
function filled(sql: string): string {
  return sql.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => parts[name] ?? whole);
}
