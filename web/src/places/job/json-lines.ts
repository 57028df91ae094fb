/** A piece of a line: a value that may be marked, or what stands around it. */
export interface JsonPart {
  readonly text: string;
  /** As DuckDB's `json_tree` writes it, `$.boxes[0].score`; of a value only. */
  readonly path?: string;
}

/** One value of a JSON document, the head of a list or an object, or a list of plain values. */
export interface JsonLine {
  readonly depth: number;
  readonly name: string;
  readonly parts: readonly JsonPart[];
}

const depthMax = 32;
/** So many plain values still stand in one line, as a box does. */
const listInLineMax = 12;

/** The document as lines, in its order. */
export function jsonLines(value: unknown, name = '', path = '$', depth = 0): readonly JsonLine[] {
  if (isPlain(value) || depth >= depthMax) return [{ depth, name, parts: [{ text: textOf(value), path }] }];
  const isList = Array.isArray(value);
  const entries = Object.entries(value as object);
  const pathOf = (key: string) => (isList ? `${path}[${key}]` : `${path}.${quoted(key)}`);
  if (isList && value.length <= listInLineMax && value.every(isPlain)) {
    const parts = value.flatMap((item, i) => [
      { text: i === 0 ? '[ ' : ', ' },
      { text: textOf(item), path: pathOf(`${i}`) },
    ]);
    return [{ depth, name, parts: [...parts, { text: value.length === 0 ? '[ ]' : ' ]' }] }];
  }
  const head = { depth, name, parts: [{ text: isList ? `list of ${entries.length}` : 'object' }] };
  return [head, ...entries.flatMap(([key, child]) => jsonLines(child, key, pathOf(key), depth + 1))];
}

const isPlain = (value: unknown): boolean => typeof value !== 'object' || value === null;
const textOf = (value: unknown): string => JSON.stringify(value) ?? 'undefined';
const quoted = (key: string): string => (/^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? key : `"${key}"`);
