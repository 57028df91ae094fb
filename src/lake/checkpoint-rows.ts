import { type Engine, literal } from '../engine.ts';
import { checkedAction } from './action-shapes.ts';
import type { Action } from './actions.ts';
import { checkpointColumns, structType } from './checkpoint-columns.ts';

type Fields = Readonly<Record<string, string>>;
/** The values of a field, row by row; undefined where it is absent. */
type Values = readonly unknown[];

/** Characters that no JSON text and no encoded path holds as they are: one behind each value but the last, one for none. */
const [endOfValue, absent] = ['\x1e', '\x1d'];

/** Values in one text: many, for each text costs more to hand over than it holds; not all, for a text has a longest size. */
const packedRows = 4096;

/**
 * The actions in a checkpoint’s file. DuckDB hands each field over as packed texts: 100,000 rows as values, or as a JSON
 * text each, take ten times as long.
 */
export async function checkpointActionsIn(engine: Engine, file: string): Promise<readonly Action[]> {
  const actions: Action[] = [];
  for (const [name, fields] of Object.entries(checkpointColumns)) {
    const readers = Object.entries(fields).map(([field, type]) => readerOf(field, type));
    for (const texts of await engine.texts(packed(file, name, fields))) {
      const columns = texts.map((text, i) => text.split(endOfValue).map((value) => readers[i]?.(value)));
      addRows(actions, name, Object.keys(fields), columns);
    }
  }
  return actions;
}

/** The cast gives fields that another writer left out as NULL, and drops those that are not known here. */
function packed(file: string, name: string, fields: Fields): string {
  const values = Object.entries(fields).map(([field, type]) => {
    const value = `action."${field}"`;
    const text = `coalesce(${isNested(type) ? `to_json(${value})` : value}::varchar, ${literal(absent)})`;
    return `string_agg(${text}, ${literal(endOfValue)})`;
  });
  return `
    select ${values.join(', ')}
    from (
      select "${name}"::${structType(fields)} as action, file_row_number as row
      from read_parquet(${literal(file)}, hive_partitioning = false, file_row_number = true)
      where "${name}" is not null
    )
    group by row // ${packedRows} order by min(row)`;
}

function addRows(actions: Action[], name: string, fields: readonly string[], columns: readonly Values[]): void {
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

function readerOf(field: string, type: string): (text: string) => unknown {
  const read = presentReaderOf(field, type);
  return (text) => (text === absent ? undefined : read(text));
}

function presentReaderOf(field: string, type: string): (text: string) => unknown {
  if (type === 'VARCHAR') return (text) => text;
  if (type === 'BOOLEAN') return (text) => text === 'true';
  if (!isNested(type)) return Number;
  return field === 'partitionValues' ? onceEach(JSON.parse) : JSON.parse;
}

/** Many files lie in one partition: its values are read once. */
function onceEach(read: (text: string) => unknown): (text: string) => unknown {
  const known = new Map<string, unknown>();
  return (text) => {
    if (!known.has(text)) known.set(text, read(text));
    return known.get(text);
  };
}
