import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';

interface Chdb {
  query(sql: string, format: string): string;
}

/** ClickHouse in this process, from the package of heavy peers; undefined where that is not installed. */
export function clickHouse(): Chdb | undefined {
  try {
    // ClickHouse reads files below its working folder only, and the tests' warehouses lie here.
    process.chdir(tmpdir());
    return createRequire(new URL('../../bench/peers/package.json', import.meta.url))('chdb') as Chdb;
  } catch {
    // Its absence is told by the test that is skipped.
    return undefined;
  }
}

/** Per kind: how many events, and sums over two columns that many kinds have. */
export function countsInClickHouse(chdb: Chdb, lake: string): readonly unknown[] {
  const sql = `select event, count() as events, round(sum(duration_ms), 3) as ms, round(sum(x1), 3) as x1,
    count(distinct (stream, seq)) as places from deltaLakeLocal('${lake}') group by event order by event`;
  const lines = chdb.query(sql, 'JSONEachRow').trim().split('\n');
  return lines.map((line) => {
    const { event, events, ms, x1, places } = JSON.parse(line) as Record<string, unknown>;
    return [event, Number(events), Number(ms ?? 0), Number(x1 ?? 0), Number(places)];
  });
}
