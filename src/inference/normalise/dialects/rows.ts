import type { Candidate, Issue } from '../candidate.ts';
import type { DialectReading } from '../index.ts';

/**
 * A payload that is a list of rows of one length.
 * @param form what a row holds, for the issue where it does not
 */
export function readRows(
  payload: unknown,
  form: readonly string[],
  readRow: (row: readonly unknown[], path: string) => Candidate,
): DialectReading {
  if (!Array.isArray(payload)) return { candidates: [], issues: [malformed('$', 'the payload is no list of rows')] };
  const rows: readonly unknown[] = payload;
  const candidates: Candidate[] = [];
  const issues: Issue[] = [];
  rows.forEach((row, i) => {
    const path = `$[${i}]`;
    if (Array.isArray(row) && row.length === form.length) candidates.push(readRow(row, path));
    else issues.push(malformed(path, `the row is not ${form.join(', ')}`));
  });
  return { candidates, issues };
}

/** The label of a class by its number; of anything else there is none. */
export function labelOf(classIndex: unknown, labels: readonly string[]): string | undefined {
  return typeof classIndex === 'number' ? labels[classIndex] : undefined;
}

const malformed = (path: string, message: string): Issue => ({ code: 'malformed', path, message });
