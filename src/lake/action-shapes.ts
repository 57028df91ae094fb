import type { Action } from './actions.ts';
import { isTablePath } from './log-paths.ts';

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === 'string' && value !== '';
const count: Check = (value) => Number.isSafeInteger(value);
const flag: Check = (value) => typeof value === 'boolean';
const object: Check = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const texts: Check = (value) => Array.isArray(value) && value.every((one) => typeof one === 'string');
const textsByName: Check = (value) => {
  if (!object(value)) return false;
  const texts = value as Readonly<Record<string, unknown>>;
  for (const name in texts) if (!isTextOrNull(texts[name])) return false;
  return true;
};
const isTextOrNull = (value: unknown): boolean => value === null || typeof value === 'string';
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || value === null || check(value);

/** Checked here as well as where a path is used: a reader hands 100,000 of them to DuckDB, which checks none. */
const filePath: Check = (value) => typeof value === 'string' && isTablePath(value);

/** What the protocol says of each action’s fields. By hand, for a snapshot may hold hundreds of thousands. */
const shapes: Readonly<Record<string, readonly (readonly [field: string, check: Check])[]>> = {
  protocol: Object.entries({ minReaderVersion: count, minWriterVersion: count }),
  metaData: Object.entries({
    id: text,
    format: object,
    schemaString: text,
    partitionColumns: texts,
    configuration: optional(textsByName),
    createdTime: optional(count),
  }),
  add: Object.entries({
    path: filePath,
    partitionValues: textsByName,
    size: count,
    modificationTime: count,
    dataChange: flag,
    stats: optional(text),
    tags: optional(textsByName),
  }),
  remove: Object.entries({
    path: filePath,
    deletionTimestamp: optional(count),
    dataChange: flag,
    extendedFileMetadata: optional(flag),
    partitionValues: optional(textsByName),
    size: optional(count),
  }),
  txn: Object.entries({ appId: text, version: count, lastUpdated: optional(count) }),
  commitInfo: [],
};

/**
 * The action, if each field is what the protocol says: one that is passed over in silence would hide what it stands for.
 * Actions that are not known here have no meaning at protocol 1 and 2.
 * @throws TypeError
 */
export function checkedAction(action: unknown): Action {
  if (!object(action)) throw new TypeError('not a JSON object');
  const fields = action as Readonly<Record<string, unknown>>;
  for (const name in fields) {
    if (Object.hasOwn(shapes, name) && fields[name] !== null) checkFields(name, fields[name]);
  }
  return action as Action;
}

/** @throws TypeError where a field of that kind of action is not what the protocol says */
export function checkFields(name: string, fields: unknown): void {
  if (!object(fields)) throw new TypeError(`${name} is no JSON object`);
  for (const [field, check] of shapes[name] ?? []) {
    if (!check((fields as Readonly<Record<string, unknown>>)[field])) {
      throw new TypeError(`${name}.${field} is not what the protocol says`);
    }
  }
}
