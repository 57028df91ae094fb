import type { Candidate } from '../candidate.ts';
import type { DialectReading } from '../dialect.ts';
import type { Issue } from '../issues.ts';

/** An object of the payload. Only its own members are looked at: a payload may name anything. */
export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A member of an object, or of nothing: undefined where there is none. */
export function at(value: unknown, ...keys: readonly string[]): unknown {
  let found = value;
  for (const key of keys) {
    if (!isFields(found) || !Object.hasOwn(found, key)) return undefined;
    found = found[key];
  }
  return found;
}

/** The item of a list, or of nothing. */
export const nth = (value: unknown, index: number): unknown => (Array.isArray(value) ? value[index] : undefined);

const malformed = (path: string, message: string): Issue => ({ code: 'malformed', path, message });

/** A payload that is nothing of the dialect. */
export const unreadable = (path: string, message: string): DialectReading => ({
  candidates: [],
  issues: [malformed(path, message)],
});

/** What stands for no detection and is no mistake either. */
export type Read = Candidate | readonly Candidate[] | undefined;

/** A list of objects. @param path where it stands */
export function readItems(list: unknown, path: string, readItem: (item: Fields, path: string) => Read): DialectReading {
  if (!Array.isArray(list)) return unreadable(path, 'a list has to be here');
  const candidates: Candidate[] = [];
  const issues: Issue[] = [];
  for (let i = 0; i < list.length; i++) {
    const item: unknown = list[i];
    if (isFields(item)) push(candidates, readItem(item, `${path}[${i}]`));
    else issues.push(malformed(`${path}[${i}]`, 'the item is no object'));
  }
  return { candidates, issues };
}

/**
 * A list of rows of one length.
 * @param form what a row holds, for the issue where it does not
 */
export function readRows(
  list: unknown,
  path: string,
  form: readonly string[],
  readRow: (row: readonly unknown[], path: string) => Read,
): DialectReading {
  if (!Array.isArray(list)) return unreadable(path, 'a list of rows has to be here');
  const candidates: Candidate[] = [];
  const issues: Issue[] = [];
  for (let i = 0; i < list.length; i++) {
    const row: unknown = list[i];
    if (Array.isArray(row) && row.length === form.length) push(candidates, readRow(row, `${path}[${i}]`));
    else issues.push(malformed(`${path}[${i}]`, `the row is not ${form.join(', ')}`));
  }
  return { candidates, issues };
}

/**
 * Lists that stand side by side, an item of each for a detection. The first has to be there; of another that is not,
 * every item is undefined; one of another length is an issue, and what is read is what the first has.
 */
export function readColumns<K extends string>(
  from: unknown,
  path: string,
  [first, ...others]: readonly [K, ...K[]],
  readOne: (row: Readonly<Record<K, unknown>>, path: string, index: number) => Read,
): DialectReading {
  const lead = at(from, first);
  if (!Array.isArray(lead)) return unreadable(`${path}.${first}`, 'a list has to be here');
  const issues: Issue[] = [];
  const lists: [K, readonly unknown[]][] = [[first, lead]];
  for (const name of others) {
    const list = at(from, name);
    if (list === undefined || list === null) continue;
    if (!Array.isArray(list)) issues.push(malformed(`${path}.${name}`, 'a list has to be here'));
    else if (list.length !== lead.length) {
      issues.push(malformed(`${path}.${name}`, `${list.length} items where ${first} has ${lead.length}`));
    }
    if (Array.isArray(list)) lists.push([name, list]);
  }
  const candidates: Candidate[] = [];
  for (let i = 0; i < lead.length; i++) {
    const row = Object.fromEntries(lists.map(([name, list]) => [name, list[i]])) as Record<K, unknown>;
    push(candidates, readOne(row, `${path}.${first}[${i}]`, i));
  }
  return { candidates, issues };
}

/** The lines of a text, blank ones left out, each with its number from 1. */
export function readLines(payload: unknown, readLine: (line: string, path: string) => Read | Issue): DialectReading {
  if (typeof payload !== 'string') return unreadable('$', 'a text has to be here');
  const candidates: Candidate[] = [];
  const issues: Issue[] = [];
  payload.split(/\r?\n/).forEach((line, i) => {
    if (line.trim() === '') return;
    const read = readLine(line, `line ${i + 1}`);
    if (read !== undefined && 'code' in read) issues.push(read);
    else push(candidates, read);
  });
  return { candidates, issues };
}

/** Several readings of one payload as one. */
export function joined(readings: readonly DialectReading[]): DialectReading {
  return {
    candidates: readings.flatMap(({ candidates }) => candidates),
    issues: readings.flatMap(({ issues }) => issues),
    paddingCount: readings.reduce((sum, { paddingCount = 0 }) => sum + paddingCount, 0),
    size: readings.find(({ size }) => size !== undefined)?.size,
  };
}

function push(candidates: Candidate[], read: Read): void {
  if (read === undefined) return;
  if (Array.isArray(read)) candidates.push(...(read as readonly Candidate[]));
  else candidates.push(read as Candidate);
}
