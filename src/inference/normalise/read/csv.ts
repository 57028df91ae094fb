import type { DialectReading } from '../dialect.ts';
import { type Fields, type Read, unreadable } from './fields.ts';

/**
 * A text of comma-separated rows below a row of names. Format: RFC 4180, quoted cells included.
 * @param readRow takes a row by its columns' names; path says its line, `line 2` for the first
 */
export function readTable(payload: unknown, readRow: (row: Fields, path: string) => Read): DialectReading {
  if (typeof payload !== 'string') return unreadable('$', 'a text has to be here');
  const [head = [], ...rows] = cells(payload);
  const candidates = rows.flatMap((row, i) => {
    if (row.length === 1 && row[0] === '') return [];
    return readRow(Object.fromEntries(head.map((name, column) => [name, row[column]])), `line ${i + 2}`) ?? [];
  });
  return { candidates, issues: [] };
}

const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;

function cells(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  cell.lastIndex = 0;
  for (let found = cell.exec(text); found !== null; found = cell.exec(text)) {
    const [whole, quoted, plain = '', end = ''] = found;
    rows.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '' || whole === '') break;
    if (end !== ',') rows.push([]);
  }
  return rows;
}
