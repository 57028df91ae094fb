import { expect, test } from 'vitest';
import { didYouMean } from '../../src/cli/nearest.ts';
import { table } from '../../src/cli/table.ts';
import { countText, lastSentence } from '../../src/cli/text.ts';
import { bytesText, durationText } from '../../src/units.ts';

test('columns are as wide as their widest cell, and numbers stand to the right', () => {
  const { text } = table(
    [{ name: 'name' }, { name: 'n', align: 'right' }],
    [
      ['a', '1'],
      ['longer', '20'],
    ],
  );

  expect(text).toBe('name     n\n──────  ──\na        1\nlonger  20\n');
});

test('letters that take two columns, and marks that take none, are counted so', () => {
  const { text } = table(
    [{ name: 'a' }, { name: 'b' }],
    [
      ['日本', 'x'],
      ['e\u0301', 'y'],
    ],
  );

  expect(text).toBe('a     b\n────  ─\n日本  x\ne\u0301     y\n');
});

test('line ends and terminal codes inside a cell are shown as escapes', () => {
  expect(table([{ name: 'a' }], [['x\ny\t\u001b[31m']]).text).toContain('x\\ny\\t\\u001b[31m');
});

test('columns that find no room are left out and counted, the first never', () => {
  const columns = [{ name: 'aaaa' }, { name: 'bbbb' }, { name: 'cccc' }];

  expect(table(columns, [], { widthMax: 10 })).toEqual({ text: 'aaaa  bbbb\n────  ────\n', columnsLeftOut: 1 });
  expect(table(columns, [], { widthMax: 2 }).columnsLeftOut).toBe(2);
});

test('a long cell is cut where that is asked for', () => {
  expect(table([{ name: 'a' }], [['0123456789']], { cellWidthMax: 5 }).text).toContain('\n0123…\n');
});

test.each([
  { name: 'job_metric', says: ' Did you mean job_metrics?' },
  { name: 'EVENTS', says: ' Did you mean events?' },
  { name: 'something_else', says: '' },
])('the nearest name to $name is offered only when it is near', ({ name, says }) => {
  expect(didYouMean(name, ['job_metrics', 'events', 'logs'])).toBe(says);
});

test('counts, bytes and times are short', () => {
  expect([countText(1, 'file'), countText(2000, 'row')]).toEqual(['1 file', '2,000 rows']);
  expect([0, 812, 1500, 999_499_999, 5e12].map(bytesText)).toEqual(['0 B', '812 B', '1.50 kB', '999 MB', '5.00 TB']);
  expect([12.4, 2345, 250_000, 3_840_000].map(durationText)).toEqual(['12 ms', '2.3 s', '4 min', '1 h 4 min']);
});

test('of a native error its last sentence is told', () => {
  const native =
    '/src/webgpu_context.cc:136 Initialize adapter_result.status was false. Failed to get a WebGPU adapter: No supported adapters';

  expect(lastSentence(native)).toBe('No supported adapters');
});
