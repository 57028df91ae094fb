import { expect, test } from 'vitest';
import { errorTable, messageOf, SiltstoneError, systemCodeOf } from '../src/errors.ts';
import { driftedPages } from './events/drift.ts';
import { tree } from './tidy/tree.ts';

const files = tree();

test('an error carries its code, its message, its cause and the remedy of its code', () => {
  const cause = new Error('ENOSPC');

  expect(new SiltstoneError('disk_full', 'writing a.parquet: no space left', { cause })).toMatchObject({
    name: 'SiltstoneError',
    code: 'disk_full',
    message: 'writing a.parquet: no space left',
    remedy: errorTable.disk_full,
    cause,
  });
});

test('the message of anything thrown can be had', () => {
  expect(messageOf(new Error('broken'))).toBe('broken');
  expect(messageOf('broken')).toBe('broken');
  expect(messageOf(undefined)).toBe('undefined');
});

test('the system’s code of anything thrown can be had where there is one', () => {
  expect(systemCodeOf(Object.assign(new Error(), { code: 'ENOENT' }))).toBe('ENOENT');
  expect(systemCodeOf(Object.assign(new Error(), { code: 2 }))).toBeUndefined();
  expect(systemCodeOf(null)).toBeUndefined();
});

test('every code is raised by something', () => {
  const source = files
    .filter(({ path }) => /^src\/.*\.ts$/.test(path) && path !== 'src/errors.ts')
    .map(({ text }) => text)
    .join('\n');

  expect(Object.keys(errorTable).filter((code) => !source.includes(`'${code}'`))).toEqual([]);
});

test('every page that a remedy names is there', () => {
  const paths = new Set(files.map(({ path }) => path));
  const named = Object.values(errorTable).flatMap((remedy) => remedy.match(/docs\/\S+\.md/g) ?? []);

  expect(named.filter((page) => !paths.has(page))).toEqual([]);
});

test('docs/errors.md is what src/errors.ts says', () => {
  expect(driftedPages().filter((line) => line.includes('docs/errors.md'))).toEqual([]);
});
