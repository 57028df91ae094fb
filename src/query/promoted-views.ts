import { type Engine, openEngine } from '../engine.ts';
import { SiltstoneError } from '../errors.ts';
import { eventKindColumn, type PromotedField, type PromotedKind, type Promotion } from '../events/index.ts';
import { heldColumns, loadPromotion, promotedValue, promotionPath, withPromotedJson } from '../inbox/index.ts';
import { loadSnapshot, type Snapshot, type Storage } from '../lake/index.ts';
import { readSql, type ViewFile, viewFiles } from './sql-files.ts';

/** A view of a promoted kind, and the columns of the lake that it may read. */
export interface PromotedView extends ViewFile {
  readonly kind: string;
  readonly columns: readonly string[];
}

/**
 * The views of the promoted kinds over a snapshot's schema: it says which columns a file may hold.
 * @throws SiltstoneError `bad_setting` where a kind's view would take the name of a view or table of ours
 */
export function promotedViews(promotion: Promotion, snapshot: Snapshot): readonly PromotedView[] {
  if (promotion.size === 0) return [];
  const own = new Set([...viewFiles().map(({ name }) => name), ...tables]);
  return [...promotion.values()].map((promoted) => {
    const { kind, view } = promoted;
    if (own.has(view)) {
      throw new SiltstoneError(
        'bad_setting',
        `${promotionPath}: kinds: ${kind}: siltstone has a view ${view} of its own`,
      );
    }
    return viewOf(promoted, heldColumns(promoted.fields, snapshot));
  });
}

/** The views of a warehouse's promoted kinds, as they are over its newest snapshot. */
export async function promotedViewsOf(storage: Storage): Promise<readonly ViewFile[]> {
  const promotion = await loadPromotion(storage);
  if (promotion.size === 0) return [];
  const engine = await openEngine({ memoryBytes, threads: 1 });
  try {
    return promotedViews(promotion, await loadSnapshot(storage, engine));
  } finally {
    engine.close();
  }
}

const memoryBytes = 128 * 1024 * 1024;

/** Defines the views that are not as they were, and drops those that are gone. */
export async function showPromotedViews(
  engine: Engine,
  shown: readonly ViewFile[],
  wanted: readonly PromotedView[],
): Promise<void> {
  await engine.run(promotedColumnsSql(wanted));
  const known = new Map(shown.map(({ name, sql }) => [name, sql]));
  for (const { name, sql } of wanted) {
    if (known.get(name) !== sql) await engine.run(sql);
    known.delete(name);
  }
  for (const name of known.keys()) await engine.run(`drop view if exists "${name}"`);
}

/** What base.sql names beside the views. */
const tables = ['hot_rows', 'lake_adds', 'promoted_columns', 'watermarks'];

function viewOf({ kind, view, fields }: PromotedKind, held: readonly PromotedField[]): PromotedView {
  const grain = `One row per event of the kind ${kind}.`;
  const columns = held.map(({ column }) => column);
  const schema = [...ownColumns, ...held.map(({ column, type }) => ({ name: column, type }))].map(
    ({ name, type }) => `'${name}': {name: '${name}', type: '${type}', default_value: null}`,
  );
  const scan = (variable: string): string =>
    `from read_parquet(coalesce(getvariable('${variable}')['${kind}'], [getvariable('lake_seed')]), schema = map {\n      ${schema.join(',\n      ')}})`;
  const named = (expression: (field: PromotedField) => string): string =>
    fields.map((field) => `${expression(field)} as "${field.field}", `).join('');
  const parts: Readonly<Record<string, string>> = {
    kind,
    view: `"${view}"`,
    grain,
    columns: named((field) => (held.includes(field) ? `"${field.column}"` : promotedValue(fields, field))),
    values: named((field) => promotedValue(fields, field)),
    files_by_columns: withPromotedJson(fields, scan('promoted_files')),
    files_by_attrs: withPromotedJson(fields, scan('unpromoted_files')),
    hot_rows: withPromotedJson(fields, 'from hot_rows'),
  };
  return { name: view, sql: filled('promoted_view.sql', parts), grain, kind, columns };
}

/** What a view of a kind reads beside its promoted columns. */
const ownColumns = [
  ...['event', eventKindColumn, 'job_id', 'request_id', 'stream'].map((name) => ({ name, type: 'VARCHAR' })),
  { name: 'seq', type: 'BIGINT' },
  { name: 'ts', type: 'TIMESTAMPTZ' },
  { name: 'attrs', type: 'JSON' },
];

function filled(file: string, parts: Readonly<Record<string, string>>): string {
  return readSql(file).replace(/\{\{(\w+)\}\}/g, (whole, name: string) => parts[name] ?? whole);
}

/** Points the views at their files among those of `lake_adds`, of which only some may be wanted. */
export const promotedFilesSql = (within = 'true'): string => filled('promoted_files.sql', { within });

/** The table that `promotedFilesSql` needs. */
export function promotedColumnsSql(views: readonly PromotedView[]): string {
  const rows = views.map(
    ({ kind, columns }) => `('${kind}', [${columns.map((name) => `'${name}'`).join(', ')}]::varchar[])`,
  );
  const values = rows.length === 0 ? '(null, null::varchar[])' : rows.join(', ');
  return `create or replace table promoted_columns as
    from (values ${values}) as promoted(kind, columns) where kind is not null;`;
}
