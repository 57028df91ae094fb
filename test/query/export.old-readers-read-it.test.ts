import { ParquetReader } from 'parquetjs-lite';
import { expect, test } from 'vitest';
import { exportRows, exportTables } from '../../src/query/index.ts';
import { compacted, tempFolder, tempReader, tempWarehouse } from '../make/warehouse.ts';
import { writeJob } from './jobs.ts';

type Values = Readonly<Record<string, unknown>>;

/** Every row as parquetjs-lite reads it, which nobody here wrote; what is absent is null. */
async function readRows(path: string, names: readonly string[]): Promise<readonly (readonly unknown[])[]> {
  const reader = await ParquetReader.openFile(path);
  const cursor = reader.getCursor();
  const rows = [];
  for (let row = await cursor.next(); row !== null; row = await cursor.next())
    rows.push(names.map((name) => comparable(row?.[name])));
  await reader.close();
  return rows;
}

function comparable(value: unknown): unknown {
  if (value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'bigint' ? Number(value) : value;
}

/** The same of a row of ours. */
const ours = (row: Values): readonly unknown[] => Object.values(row).map(comparable);

test.each(['job_metrics', 'plugin_metrics', 'overlay_metrics', 'device_usage'])(
  'parquetjs-lite reads --compat row for row: %s',
  async (view) => {
    const warehouse = tempWarehouse();
    writeJob(warehouse, 'job-1');
    await compacted(warehouse);
    writeJob(warehouse, 'job-2');
    const reader = await tempReader(warehouse);
    const out = tempFolder();

    await exportTables(reader, out, { format: 'parquet', compat: true, force: false });

    const rows = await reader.rows(`select * replace (id::varchar as id) from ${view} order by id`);
    const names = Object.keys(rows[0] ?? {});
    const read = await readRows(`${out}/${view}.parquet`, names);
    expect(read.toSorted((a, b) => String(a[0]).localeCompare(String(b[0])))).toEqual(rows.map(ours));
    expect(rows.length).toBeGreaterThan(1);
  },
);

test('types that old readers do not know become such that they do', async () => {
  const reader = await tempReader(tempWarehouse());
  const path = `${tempFolder()}/types.parquet`;
  const sql = `select 1::utinyint as tiny, 2::uinteger as word, 3::hugeint as huge, 1.5::decimal(10, 2) as price,
    [1, 2] as list, {'a': 1} as struct, time '10:00:00' as clock, '{"a":[1]}'::json as doc, 'x' as "a ""b"""`;

  await exportRows(reader, { sql }, path, { format: 'parquet', compat: true, force: false });

  const names = ['tiny', 'word', 'huge', 'price', 'list', 'struct', 'clock', 'doc', 'a "b"'];
  expect(await readRows(path, names)).toEqual([[1, 2, 3, 1.5, '[1,2]', '{"a":1}', '10:00:00', '{"a":[1]}', 'x']]);
});
