import type { Candidate, Issue } from '../candidate.ts';
import type { DialectReading } from '../index.ts';

/** `[[x1, y1, x2, y2, score, class], …]`: the head of most exported detectors with suppression inside. */
export function readXyxyScoreClass(payload: unknown, labels: readonly string[]): DialectReading {
  if (!Array.isArray(payload)) return { candidates: [], issues: [malformed('$', 'the payload is no list of rows')] };
  const rows: readonly unknown[] = payload;
  const candidates: Candidate[] = [];
  const issues: Issue[] = [];
  rows.forEach((row, i) => {
    const path = `$[${i}]`;
    if (Array.isArray(row) && row.length === 6) candidates.push(readRow(row, path, labels));
    else issues.push(malformed(path, 'the row is not x1, y1, x2, y2, score, class'));
  });
  return { candidates, issues };
}

function readRow(row: readonly unknown[], path: string, labels: readonly string[]): Candidate {
  const [x1, y1, x2, y2, score, labelRaw] = row;
  const label = typeof labelRaw === 'number' ? labels[labelRaw] : undefined;
  return { path, corners: [x1, y1, x2, y2], score, label, labelRaw };
}

const malformed = (path: string, message: string): Issue => ({ code: 'malformed', path, message });
