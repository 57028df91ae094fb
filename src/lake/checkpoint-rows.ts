import { type Engine, literal } from '../engine.ts';
import { checkedAction } from './action-shapes.ts';
import type { Action } from './actions.ts';
import { checkpointColumns, structType } from './checkpoint-columns.ts';

/** The values of a field, row by row; undefined where it is absent. */
type Values = readonly unknown[];

/** Characters that no JSON text and no encoded path holds as they are: behind each value but the last, for a value that is absent, for no values. */
const [endOfValue, absent, none] = ['\x1e', '\x1d', '\x1c'];

/** Values in one text: many, for each text costs more to hand over than it holds; not all, for a text has a longest size. */
const packedRows = 4096;

/**
 * The actions in a checkpoint’s file. DuckDB hands each field over as packed texts: 100,000 rows as values, or as a JSON
 * text each, take ten times as long.
 */
export async function checkpointActionsIn(engine: Engine, file: string): Promise<readonly Action[]> {
  const readers = packedFields.map(({ field, type }) => readerOf(field, type));
  const actions: Action[] = [];
  for (const texts of await engine.texts(packed(file))) {
    const columns = texts.map((text, i) => valuesOf(text, readers[i]));
    for (const name of Object.keys(checkpointColumns)) addRows(actions, name, columns);
  }
  return actions;
}

interface PackedField {
  readonly name: string;
  readonly field: string;
  readonly type: string;
}

/** The columns of the query, in one scan for all kinds of action. */
const packedFields: readonly PackedField[] = Object.entries(checkpointColumns).flatMap(([name, fields]) =>
  Object.entries(fields).map(([field, type]) => ({ name, field, type })),
);

/** The cast gives fields that another writer left out as NULL, and drops those that are not known here. */
function packed(file: string): string {
  const values = packedFields.map(({ name, field, type }) => {
    const value = `"${name}"."${field}"`;
    const text = `coalesce(${isNested(type) ? `to_json(${value})` : value}::varchar, ${literal(absent)})`;
    return `coalesce(string_agg(${text}, ${literal(endOfValue)}) filter (where "${name}" is not null), ${literal(none)})`;
  });
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

function valuesOf(text: string, read: ((text: string) => unknown) | undefined): Values {
  if (text === none) return [];
  const values = text.split(endOfValue);
  if (!text.includes(absent)) return read === undefined ? values : values.map((value) => read(value));
  return values.map((value) => (value === absent ? undefined : (read?.(value) ?? value)));
}

function addRows(actions: Action[], name: string, all: readonly Values[]): void {
  const columns = all.filter((_, i) => packedFields[i]?.name === name);
  const fields = packedFields.filter((one) => one.name === name).map(({ field }) => field);
  const count = columns[0]?.length ?? 0;
  // A value that holds the character between two would move all that follow it.
  if (columns.some((values) => values.length !== count)) throw new TypeError(`the rows of ${name} do not fit together`);
  for (let row = 0; row < count; row += 1) {
    const action: Record<string, unknown> = {};
    for (let i = 0; i < columns.length; i += 1) {
      const value = columns[i]?.[row];
      if (value !== undefined) action[fields[i] ?? ''] = value;
    }
    actions.push(checkedAction({ [name]: action }));
  }
}

const isNested = (type: string): boolean => /^(STRUCT|MAP)\(|\[\]$/.test(type);

/** Of a field's values as texts; none where they are texts. */
function readerOf(field: string, type: string): ((text: string) => unknown) | undefined {
  if (type === 'VARCHAR') return undefined;
  if (type === 'BOOLEAN') return (text) => text === 'true';
  if (!isNested(type)) return Number;
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
