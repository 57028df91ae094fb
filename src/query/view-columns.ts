import { openEngine, type ResultColumn } from '../engine.ts';
import { lendTemporary } from '../lake/index.ts';
import { defineViews } from './lake-state.ts';
import type { ViewFile } from './sql-files.ts';

const memoryBytes = 128 * 1024 * 1024;

/** A view's columns with their types. No warehouse is needed: nothing in it changes them. */
export async function viewColumns({ name, sql }: ViewFile): Promise<readonly ResultColumn[]> {
  const engine = await openEngine({ memoryBytes, threads: 1 });
  const scratch = await lendTemporary();
  try {
    await defineViews(engine, scratch);
    await engine.run(sql);
    const described = await engine.rows(`describe "${name}"`);
    return described.map((row) => ({ name: String(row.column_name), type: String(row.column_type) }));
  } finally {
    engine.close();
    await scratch.close();
  }
}
