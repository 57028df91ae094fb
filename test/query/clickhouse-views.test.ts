import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { clickHouseViews, localLake, viewFiles } from '../../src/query/index.ts';

const files = (folder: string): readonly string[] => readdirSync(new URL(`../../sql/${folder}`, import.meta.url));

/** They speak of the log, or look up places in JSON by paths of rows: ClickHouse’s functions take constant paths only. */
const ours = ['13_output_diffs.sql', '18_streams.sql', '19_lake_files.sql', '20_lake_commits.sql'];

test('ClickHouse has the views that DuckDB has, by the same numbers, but those of the log and of the differences', () => {
  expect(files('clickhouse').filter((file) => file !== '00_lake.sql')).toEqual(
    files('views').filter((file) => !ours.includes(file)),
  );
});

test('a view of ClickHouse has the grain of DuckDB’s', () => {
  const grains = new Map(viewFiles().map(({ name, grain }) => [name, grain.split('.')[0]?.split(',')[0]]));
  const here = clickHouseViews('lake').filter(({ name }) => name !== 'lake' && name !== 'events');

  expect(here.map(({ name, grain }) => [name, grain.split('.')[0]?.split(',')[0]])).toEqual(
    here.map(({ name }) => [name, grains.get(name)]),
  );
});

test('only the view of the lake says where it is', () => {
  const lake = "deltaLake('s3://a/$&/events', extra_credentials(role_arn = 'r'))";

  expect(
    clickHouseViews(lake)
      .filter(({ sql }) => sql.includes(lake))
      .map(({ name }) => name),
  ).toEqual(['lake']);
  expect(clickHouseViews(lake).filter(({ sql }) => sql.includes('{{'))).toEqual([]);
});

test.each(['', 'a b', "deltaLake('x'", "deltaLake('x'); drop table y", '1 + 1'])('%j is no place of a lake', (lake) => {
  expect(() => clickHouseViews(lake)).toThrow(expect.objectContaining({ code: 'bad_usage' }));
});

test('a quote or a backslash in a path stays in it', () => {
  expect(localLake(String.raw`/a/o'b\c`)).toBe(String.raw`deltaLakeLocal('/a/o\'b\\c')`);
});
