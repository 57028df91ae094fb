import { expect, test } from 'vitest';
import type { Cell, QueryResult } from '../../web/src/api/types.ts';
import { optionsFor } from '../../web/src/places/sql/completion.ts';
import { drawableOf } from '../../web/src/places/sql/drawable.ts';

const result = (columns: Readonly<Record<string, string>>, ...rows: readonly (readonly Cell[])[]): QueryResult => ({
  columns: Object.entries(columns).map(([name, type]) => ({ name, type })),
  rows,
  ...{ row_count: rows.length, truncated: false, version: 1, elapsed_ms: 1 },
});

test('numbers behind a time are lines over it, in its order, in UTC', () => {
  const columns = { hour: 'TIMESTAMP', plugin: 'VARCHAR', done: 'BIGINT', ratio: 'DOUBLE' };
  const late = ['2026-11-25 10:00:00', 'ocr', '12', 0.5];
  const early = ['2026-11-25 09:00:00', 'ocr', '9', null];

  expect(drawableOf(result(columns, late, early))).toEqual({
    ...{ kind: 'lines', isTime: true, xLabel: 'hour' },
    x: [Date.UTC(2026, 10, 25, 9) / 1_000, Date.UTC(2026, 10, 25, 10) / 1_000],
    series: [
      { label: 'done', values: [9, 12] },
      { label: 'ratio', values: [null, 0.5] },
    ],
  });
});

test.each([
  ['2026-11-25 10:00:00+00', 10],
  ['2026-11-25 10:00:00.5+02', 8],
  ['2026-11-25T10:00:00Z', 10],
])('the time %s is that of %d o’clock in UTC', (time, hour) => {
  const drawn = drawableOf(result({ at: 'TIMESTAMP WITH TIME ZONE', n: 'INTEGER' }, [time, 1]));

  expect(drawn).toMatchObject({ x: [expect.closeTo(Date.UTC(2026, 10, 25, hour) / 1_000, -1)] });
});

test('numbers behind names are bars with all names before the first number', () => {
  const columns = { plugin: 'VARCHAR', tool: 'VARCHAR', p50_ms: 'DECIMAL(10,2)' };

  expect(drawableOf(result(columns, ['ocr', 'read', '4.5']))).toEqual({
    kind: 'bars',
    names: ['ocr · read'],
    series: [{ label: 'p50_ms', values: [4.5] }],
  });
});

test.each([
  ['no row', result({ a: 'INTEGER', b: 'INTEGER' })],
  ['one column', result({ a: 'INTEGER' }, [1])],
  ['no number', result({ a: 'VARCHAR', b: 'VARCHAR' }, ['x', 'y'])],
  ['lists of numbers', result({ a: 'INTEGER', b: 'INTEGER[]' }, [1, [2]])],
  ['no place on the axis', result({ a: 'TIMESTAMP', b: 'INTEGER' }, [null, 2], ['soon', 3])],
])('%s is not drawn', (_, given) => {
  expect(drawableOf(given)).toBeUndefined();
});

test('columns are offered of the views that a statement names, and then all views', () => {
  const view = (name: string, ...columns: readonly string[]) => ({
    ...{ name, grain: `One row per ${name}.` },
    columns: columns.map((column) => ({ name: column, type: 'VARCHAR' })),
  });
  const views = [view('logs', 'job_id', 'level'), view('streams', 'job_id'), view('tracks', 'label')];
  const labels = optionsFor(views, 'select  from logs join STREAMS').map(({ label, detail }) => [label, detail]);

  expect(labels).toEqual([
    ['job_id', 'varchar of logs, streams'],
    ['level', 'varchar of logs'],
    ['logs', undefined],
    ['streams', undefined],
    ['tracks', undefined],
  ]);
});
