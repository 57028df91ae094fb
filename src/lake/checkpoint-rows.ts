import { type Engine, literal } from '../engine.ts';
import { checkFields } from './action-shapes.ts';
import type { Action } from './actions.ts';
import { checkpointColumns, structType } from './checkpoint-columns.ts';
import { tagsInText } from './checksum.ts';

/** Characters that no JSON text and no encoded path holds as they are: behind each value but the last, for a value that is absent, for no values. */
const [endOfValue, absent, none] = ['\x1e', '\x1d', '\x1c'];

/** Values in one text: many, for each text costs more to hand over than it holds; not all, for a text has a longest size. */
const packedRows = 4096;

/**
 * The actions in a checkpoint’s file. DuckDB hands each field over as packed texts: 100,000 rows as values, or as a JSON
 * text each, take ten times as long.
 */
export async function checkpointActionsIn(engine: Engine, file: string): Promise<readonly Action[]> {
  const kinds = Object.entries(checkpointColumns).map(([name, fields]) => rowReader(name, Object.entries(fields)));
  const actions: Action[] = [];
  for (const texts of await engine.texts(packed(file))) {
    let first = 0;
    for (const { width, addRows } of kinds) {
      addRows(actions, texts.slice(first, first + width));
      first += width;
    }
  }
  return actions;
}

/** The cast gives fields that another writer left out as NULL, and drops those that are not known here. */
function packed(file: string): string {
  const values = Object.entries(checkpointColumns).flatMap(([name, fields]) =>
    Object.entries(fields).map(([field, type]) => {
      const value = `"${name}"."${field}"`;
      const text = `coalesce(${isNested(type) ? `to_json(${value})` : value}::varchar, ${literal(absent)})`;
      return `coalesce(string_agg(${text}, ${literal(endOfValue)}) filter (where "${name}" is not null), ${literal(none)})`;
    }),
  );
  const columns = Object.entries(checkpointColumns).map(
    ([name, fields]) => `"${name}"::${structType(fields)} as "${name}"`,
  );
  return `
    select ${values.join(', ')}
    from (
      select ${columns.join(', ')}, file_row_number as row
      from read_parquet(${literal(file)}, hive_partitioning = false, file_row_number = true)
    )
    group by row // ${packedRows} order by min(row)`;
}

/** Adds the actions of one kind that some packed texts hold. */
function rowReader(name: string, fields: readonly (readonly [field: string, type: string])[]) {
  const readers = fields.map(([field, type]) => readerOf(field, type));
  const names = fields.map(([field]) => field);
  // A copy with every field in its place costs a third of an object that grows field by field.
  const empty: Readonly<Record<string, unknown>> = Object.fromEntries(names.map((field) => [field, undefined]));
  const addRows = (actions: Action[], texts: readonly string[]): void => {
    const columns = texts.map((text) => (text === none ? [] : text.split(endOfValue)));
    const count = columns[0]?.length ?? 0;
    // A value that holds the character between two would move all that follow it.
    if (columns.some((values) => values.length !== count))
      throw new TypeError(`the rows of ${name} do not fit together`);
    for (let row = 0; row < count; row += 1) {
      const found = { ...empty };
      for (let i = 0; i < names.length; i += 1) {
        const text = columns[i]?.[row] ?? absent;
        if (text !== absent) found[names[i] ?? ''] = readers[i]?.(text) ?? text;
      }
      checkFields(name, found);
      actions.push({ [name]: found });
    }
  };
  return { width: fields.length, addRows };
}

/** How a field's values are read from texts; undefined where they are texts. */
function readerOf(field: string, type: string): ((text: string) => unknown) | undefined {
  if (type === 'VARCHAR') return undefined;
  if (type === 'BOOLEAN') return (text) => text === 'true';
  if (!isNested(type)) return Number;
  if (field === 'tags') return (text) => tagsInText(text) ?? JSON.parse(text);
  return field === 'partitionValues' ? onceEach(JSON.parse) : (text) => JSON.parse(text);
}

/** Many files lie in one partition: its values are read once. */
function onceEach(read: (text: string) => unknown): (text: string) => unknown {
  const known = new Map<string, unknown>();
  return (text) => {
    if (!known.has(text)) known.set(text, read(text));
    return known.get(text);
  };
}

const isNested = (type: string): boolean => /^(STRUCT|MAP)\(|\[\]$/.test(type);
