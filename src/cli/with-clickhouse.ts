import { Option } from 'commander';
import { SiltstoneError } from '../errors.ts';
import { type ClickHouse, openClickHouse } from '../query/index.ts';
import type { Settings } from '../settings.ts';
import type { CommonOptions } from './command.ts';
import { endSignal } from './ending.ts';

export const engineOption = (): Option =>
  new Option('--engine <engine>', 'who answers').choices(['duckdb', 'clickhouse']).default('duckdb');

export const urlOption = (): Option =>
  new Option(
    '--url <url>',
    'the ClickHouse server, with /database behind it where it is not default (default: the setting clickhouse_url)',
  );

interface EngineOptions extends CommonOptions {
  readonly engine: 'duckdb' | 'clickhouse';
  readonly url?: string;
}

/** `--url` as the setting that it stands for. @throws SiltstoneError `bad_usage` where no server is asked */
export function withUrl<T extends EngineOptions>(options: T): T {
  if (options.url === undefined) return options;
  if (options.engine !== 'clickhouse') throw new SiltstoneError('bad_usage', '--url goes with --engine clickhouse');
  return { ...options, set: { ...options.set, clickhouse_url: options.url } };
}

/** Opens a client of the server that the settings name, for as long as it is used; Ctrl-C stops the query there too. */
export async function withClickHouse<T>(settings: Settings, use: (clickHouse: ClickHouse) => Promise<T>): Promise<T> {
  const clickHouse = await openClickHouse({
    url: settings.clickhouse_url,
    user: process.env.CLICKHOUSE_USER,
    password: process.env.CLICKHOUSE_PASSWORD,
    timeoutMs: settings.clickhouse_timeout_ms,
    signal: endSignal,
  });
  try {
    return await use(clickHouse);
  } finally {
    await clickHouse.close();
  }
}
