import { type Engine, openEngine } from '../engine.ts';
import { SiltstoneError } from '../errors.ts';
import type { PromotedField, PromotedKind, Promotion } from '../events/index.ts';
import { heldColumns, loadPromotion, promotedValue, promotionPath } from '../inbox/index.ts';
import { loadSnapshot, type Snapshot, type Storage } from '../lake/index.ts';
import { readSql, type ViewFile, viewFiles } from './sql-files.ts';

/**
 * The views of the promoted kinds over a snapshot's schema: it says which columns a file may hold.
 * @throws SiltstoneError `bad_setting` where a kind's view would take the name of a view or table of ours
 */
export function promotedViews(promotion: Promotion, snapshot: Snapshot): readonly ViewFile[] {
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
  wanted: readonly ViewFile[],
): Promise<void> {
  const known = new Map(shown.map(({ name, sql }) => [name, sql]));
  for (const { name, sql } of wanted) {
    if (known.get(name) !== sql) await engine.run(sql);
    known.delete(name);
  }
  for (const name of known.keys()) await engine.run(`drop view if exists "${name}"`);
}

/** What base.sql names beside the views. */
const tables = ['hot_rows', 'lake_adds', 'watermarks'];

function viewOf({ kind, view, fields }: PromotedKind, held: readonly PromotedField[]): ViewFile {
  const grain = `One row per event of the kind ${kind}.`;
  const heldNames = held.map(({ column }) => `"${column}"`);
  const parts: Readonly<Record<string, string>> = {
    kind,
    view: `"${view}"`,
    grain,
    held: heldNames.map((name) => `, ${name}`).join(''),
    held_as_null: heldNames.map((name) => `, null as ${name}`).join(''),
    schema: held
      .map(({ column, type }) => `,\n      '${column}': {name: '${column}', type: '${type}', default_value: null}`)
      .join(''),
    fields: fields.map((field) => `  ${valueOfField(field, held)} as "${field.field}",\n`).join(''),
  };
  const sql = readSql('promoted_view.sql').replace(/\{\{(\w+)\}\}/g, (whole, name: string) => parts[name] ?? whole);
  return { name: view, sql, grain };
}

/** What the file says, and where it says nothing, what `attrs` says: an old file lacks the column, and so may a merge of it. */
function valueOfField(field: PromotedField, held: readonly PromotedField[]): string {
  const value = promotedValue(field);
  return held.includes(field) ? `coalesce("${field.column}", ${value})` : value;
}
