/** One value of a JSON document, or the head of a list or an object. */
export interface JsonLine {
  readonly depth: number;
  readonly name: string;
  readonly value: string;
  /** As DuckDB's `json_tree` writes it: `$.boxes[0].score`. */
  readonly path: string;
}

const depthMax = 32;

/** The document as lines, in its order: short lists of numbers stand in one line each value, so that each can be marked. */
export function jsonLines(value: unknown, name = '$', path = '$', depth = 0): readonly JsonLine[] {
  const isBranch = typeof value === 'object' && value !== null;
  if (!isBranch || depth >= depthMax) return [{ depth, name, value: JSON.stringify(value) ?? 'undefined', path }];
  const isList = Array.isArray(value);
  const entries = Object.entries(value);
  const head = { depth, name, value: isList ? `[ ${entries.length} ]` : '{ }', path };
  const children = entries.flatMap(([key, child]) =>
    jsonLines(child, key, isList ? `${path}[${key}]` : `${path}.${quoted(key)}`, depth + 1),
  );
  return [head, ...children];
}

const quoted = (key: string): string => (/^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? key : `"${key}"`);
