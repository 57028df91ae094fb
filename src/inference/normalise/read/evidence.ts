import { at, isFields } from './fields.ts';

const kinds: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  object: isFields,
  list: Array.isArray,
  /** A list of four: a box in some order. */
  four: (value) => Array.isArray(value) && value.length === 4,
  /** A list of lists of numbers. */
  rows: (value) => Array.isArray(value) && value.some((row) => Array.isArray(row) && !Array.isArray(row[0])),
  names: (value) => Array.isArray(value) && value.every((one) => typeof one === 'string'),
  numbers: (value) => Array.isArray(value) && value.every((one) => typeof one === 'number'),
};

/**
 * The members that an object has of those that a dialect's has, where it has all that are needed. `box.xmin` is a member of a
 * member; `bbox:four` has to be of that kind as well.
 */
export function members(value: unknown, needed: readonly string[], others: readonly string[] = []): readonly string[] {
  if (!needed.every((spec) => isThere(value, spec))) return [];
  return [...needed, ...others.filter((spec) => isThere(value, spec))];
}

function isThere(value: unknown, spec: string): boolean {
  const [path = '', kind] = spec.split(':');
  const found = at(value, ...path.split('.'));
  return found !== undefined && (kind === undefined || (kinds[kind]?.(found) ?? false));
}

/** The evidence of the first item of a list that gives any. */
export function ofSome(list: unknown, evidenceOf: (item: unknown) => readonly string[]): readonly string[] {
  if (!Array.isArray(list)) return [];
  for (const item of list) {
    const evidence = evidenceOf(item);
    if (evidence.length > 0) return evidence;
  }
  return [];
}

/** The first row of a list that has this length, as evidence in words; `fits` looks at its values. */
export function rowsOf(length: number, list: unknown, fits: (row: readonly unknown[]) => boolean): readonly string[] {
  return ofSome(list, (row) => (Array.isArray(row) && row.length === length && fits(row) ? [`rows of ${length}`] : []));
}
