import { expect, test } from 'vitest';
import { environmentName, readSettings, type SettingName, settingTable } from '../src/settings.ts';
import { driftedPages } from './events/drift.ts';
import { tree } from './tidy/tree.ts';

const names = Object.keys(settingTable) as SettingName[];

test('every default passes its own check', () => {
  const defaults = Object.fromEntries(names.map((name) => [name, settingTable[name].default]));

  expect(readSettings({}, {})).toEqual(defaults);
});

test('the environment wins over the default, and what is given over both', () => {
  const environment = { SILTSTONE_WAREHOUSE: '/data/env', SILTSTONE_QUERY_ROWS_MAX: '7' };

  expect(readSettings({ warehouse: '/data/given' }, environment)).toMatchObject({
    warehouse: '/data/given',
    query_rows_max: 7,
  });
});

test('settings cannot be changed once they are read', () => {
  expect(Object.isFrozen(readSettings({}, {}))).toBe(true);
});

test.each([
  { name: 'compact_batch_bytes', value: 'many' },
  { name: 'compact_batch_bytes', value: 0 },
  { name: 'compact_schedule', value: 'at noon' },
  { name: 'emit_durability', value: 'sometimes' },
  { name: 'engine_memory_bytes', value: 1024 },
] as const)('a wrong value is refused by name: $name = $value', ({ name, value }) => {
  expect(() => readSettings({ [name]: value }, {})).toThrow(
    expect.objectContaining({ code: 'bad_setting', message: expect.stringContaining(`${name} = `) }),
  );
});

test('a wrong value in the environment is refused like any other', () => {
  expect(() => readSettings({}, { [environmentName('log_level')]: 'loud' })).toThrow('log_level = "loud"');
});

test('a setting that does not exist is refused by name', () => {
  expect(() => readSettings({ wharehouse: '/data' } as object, {})).toThrow('there is no setting wharehouse');
});

test('every size, time and count says its unit in its name or has one in the table', () => {
  expect(names.filter((name) => settingTable[name].unit === '')).toEqual([]);
  expect(names.filter((name) => name.endsWith('_ms') !== (settingTable[name].unit === 'ms'))).toEqual([]);
});

test('every setting is used by something', () => {
  const source = tree()
    .filter(({ path }) => /^src\/.*\.ts$/.test(path) && !path.startsWith('src/settings'))
    .map(({ text }) => text)
    .join('\n');

  expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(source))).toEqual([]);
});

test('docs/settings.md is what src/settings.ts says', () => {
  expect(driftedPages().filter((line) => line.includes('docs/settings.md'))).toEqual([]);
});
