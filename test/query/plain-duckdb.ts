import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { onTestFinished } from 'vitest';

export interface PlainDuckDb {
  /** The rows of a query, as JSON. */
  rows(sql: string): Promise<readonly (readonly unknown[])[]>;
}

/** A DuckDB that knows nothing of ours, in a time zone that is not UTC. */
export async function openPlainDuckDb(path = ':memory:'): Promise<PlainDuckDb> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  onTestFinished(() => {
    connection.closeSync();
    instance.closeSync();
  });
  await connection.run("set timezone = 'Pacific/Auckland'");
  return { rows: async (sql) => (await connection.runAndReadAll(sql)).getRowsJson() };
}

/** The same after `init.sql` of a warehouse. */
export async function openByInitSql(warehouse: string): Promise<PlainDuckDb> {
  const plain = await openPlainDuckDb();
  await plain.rows(readFileSync(join(warehouse, 'init.sql'), 'utf8'));
  await plain.rows("set timezone = 'UTC'");
  return plain;
}
