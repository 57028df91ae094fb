import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../make/warehouse.ts';
import { siltstone } from './siltstone.ts';

const ask = (...args: string[]) => siltstone(['query', 'select 1', ...args]);

test.each(['ftp://db:8123', 'db:8123', 'http://db:8123/a/b', 'http://db:8123?database=x', 'http://'])(
  '%s is no server, and the command line wrong',
  (url) => {
    expect(ask('--engine', 'clickhouse', '--url', url)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('code: bad_setting'),
    });
  },
);

test('what is about ClickHouse goes with it only', () => {
  const usage = { exitCode: 2, stderr: expect.stringContaining('with --engine clickhouse') };

  expect(ask('--url', 'http://db:8123')).toMatchObject(usage);
  expect(siltstone(['views', '--create'])).toMatchObject(usage);
  expect(siltstone(['views', '--table', 't'])).toMatchObject(usage);
});

test('views prints a script over the warehouse, or over the table that is named', () => {
  const warehouse = tempFolder();
  const script = (...args: string[]) => siltstone(['views', '--engine', 'clickhouse', ...args]).stdout;

  expect(script('--warehouse', warehouse)).toContain(`from deltaLakeLocal('${join(warehouse, 'events')}')`);
  expect(script('--table', "deltaLake('s3://a/events')")).toContain("from deltaLake('s3://a/events')\n");
  expect(script().match(/^create or replace view \w+ as$/gm)).toHaveLength(24);
  expect(script('device_usage').match(/^create or replace view \w+ as$/gm)).toEqual([
    'create or replace view device_usage as',
  ]);
});
