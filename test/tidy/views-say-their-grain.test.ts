import { expect, test } from 'vitest';
import { viewsAreLowerCase, viewsAreNumbered, viewsSayTheirGrain } from './rules/views.ts';
import { complaints, tree } from './tree.ts';

const files = tree();
const view = (text: string) => ({ path: 'sql/views/10_events.sql', text });

test('every view is numbered', () => {
  expect(complaints(viewsAreNumbered, files)).toEqual([]);
});

test('a view without a number is found', () => {
  expect(viewsAreNumbered({ path: 'sql/views/events.sql', text: '' })).toHaveLength(1);
  expect(viewsAreNumbered({ path: 'sql/clickhouse/events.sql', text: '' })).toHaveLength(1);
  expect(viewsAreNumbered(view(''))).toEqual([]);
});

test('every view says on top what a row of it is', () => {
  expect(complaints(viewsSayTheirGrain, files)).toEqual([]);
});

test('a view that says its grain too late, or not at all, is found', () => {
  expect(viewsSayTheirGrain(view('create view a as select 1;\n-- one row per event\n'))).toHaveLength(1);
  expect(viewsSayTheirGrain(view('-- all events\nselect 1;\n'))).toHaveLength(1);
  expect(viewsSayTheirGrain(view('-- events:\n-- one row per event\nselect 1;\n'))).toEqual([]);
});

test('every view is lower case', () => {
  expect(complaints(viewsAreLowerCase, files)).toEqual([]);
});

test('a keyword in capitals is found, but not in a comment or a text', () => {
  expect(viewsAreLowerCase(view('create view a as SELECT 1;'))).toEqual(['SELECT in capitals']);
  expect(viewsAreLowerCase(view(`-- SELECT\nselect 'FROM', x::VARCHAR;`))).toEqual([]);
});
