import { type ClickHouse, type CopyFormat, exportStream } from '../query/index.ts';
import type { Settings } from '../settings.ts';
import { say, write } from './output.ts';
import { resultTable } from './result-table.ts';
import { withClickHouse } from './with-clickhouse.ts';

export interface ClickHouseQuery {
  readonly sql: string;
  readonly format: 'table' | CopyFormat;
  readonly limit: number | undefined;
  /** The file that the rows are for; stdout where there is none. */
  readonly out: string | undefined;
  readonly force: boolean;
}

/** Has a ClickHouse server answer, in the form that DuckDB's answer would have. */
export function queryClickHouse(settings: Settings, query: ClickHouseQuery): Promise<void> {
  return withClickHouse(settings, async (clickHouse) => {
    if (query.format === 'table') return printTable(clickHouse, query, settings.query_rows_max);
    const rows = await clickHouse.rows(query.sql, query.format, query.limit);
    if (query.out === undefined) {
      for await (const chunk of rows) await write(chunk as Buffer);
    } else {
      await exportStream(rows, query.out, query.force);
      say(`the rows are written into ${query.out}`);
    }
  });
}

async function printTable(clickHouse: ClickHouse, { sql, limit }: ClickHouseQuery, rowsMax: number): Promise<void> {
  const shownMax = Math.min(limit ?? rowsMax, rowsMax);
  const result = await clickHouse.result(sql, limit ?? rowsMax + 1);
  const { text, columnsLeftOut } = resultTable({ ...result, rows: result.rows.slice(0, shownMax) });
  await write(text);
  if (columnsLeftOut > 0)
    say(`${columnsLeftOut} more columns find no room: name those you want, or take --format json`);
  if (result.rows.length > shownMax)
    say(`there are more rows: --format csv gives all, --set query_rows_max=N shows more`);
}
