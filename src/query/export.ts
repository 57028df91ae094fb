import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { literal } from '../engine.ts';
import { messageOf, SiltstoneError } from '../errors.ts';
import { type CopyOptions, copyStatement, type RowSource } from './export-copy.ts';
import type { Reader } from './reader.ts';
import { readSql } from './sql-files.ts';

/** The tables of the contract, which an export takes unless it is told otherwise. */
export const contractTables = ['job_metrics', 'plugin_metrics', 'overlay_metrics', 'device_usage'] as const;

export interface Exported {
  readonly table: string;
  readonly rowCount: number;
  readonly path: string;
}

export interface ExportOptions extends CopyOptions {
  /** Replaces what is there already. */
  readonly force: boolean;
}

/** Writes rows into one file, which is there whole or not at all. @throws SiltstoneError `bad_usage` where it is there already */
export async function exportRows(
  reader: Reader,
  source: RowSource,
  path: string,
  options: ExportOptions,
): Promise<Exported> {
  return publish([path], options.force, async ([temporary = '']) => {
    const [row] = await reader.rows(await copyStatement(reader, source, temporary, options));
    return { table: 'sql' in source ? 'query' : source.view, rowCount: Number(row?.Count), path };
  });
}

/** Writes what another engine gives into one file, in the same manner. */
export async function exportStream(content: AsyncIterable<Uint8Array>, path: string, force: boolean): Promise<void> {
  await publish([path], force, ([temporary = '']) => pipeline(content, createWriteStream(temporary)));
}

/** The tables of the contract, each in a file of the folder, all of one snapshot. */
export async function exportTables(
  reader: Reader,
  folder: string,
  options: ExportOptions,
): Promise<readonly Exported[]> {
  const paths = contractTables.map((view) => join(folder, `${view}.${options.format}`));
  return publish(paths, options.force, async (temporary) => {
    const copies: string[] = [];
    for (const [i, view] of contractTables.entries()) {
      copies.push(`${await copyStatement(reader, { view }, temporary[i] ?? '', options)};`);
    }
    const counts = await countRows(reader, copies.join('\n'));
    return contractTables.map((table, i) => ({ table, rowCount: counts[i] ?? 0, path: paths[i] ?? folder }));
  });
}

/** One DuckDB file with the tables of the contract as real tables, `id` their primary key. */
export async function exportDatabase(reader: Reader, path: string, force: boolean): Promise<readonly Exported[]> {
  return publish([path], force, async ([temporary = '']) => {
    await reader.run(`attach ${literal(temporary)} as exported`);
    try {
      const counts = await countRows(reader, readSql('export/metrics_db.sql'));
      return contractTables.map((table, i) => ({ table, rowCount: counts[i] ?? 0, path }));
    } finally {
      await reader.run('detach exported');
    }
  });
}

/** Runs statements and counts what the tables hold: in one turn of the reader, so all is of one snapshot. */
async function countRows(reader: Reader, statements: string): Promise<readonly number[]> {
  const counts = contractTables.map((view) => `(select count(*) from ${view}) as ${view}`);
  const [row] = await reader.rows(`${statements}\nselect ${counts.join(', ')}`);
  return contractTables.map((view) => Number(row?.[view]));
}

/** Has files written beside their paths, and moves them there once all are whole. */
async function publish<T>(
  paths: readonly string[],
  force: boolean,
  fill: (temporary: readonly string[]) => Promise<T>,
): Promise<T> {
  for (const path of paths) if (!force) await refuseExisting(path);
  const temporary = paths.map((path) => join(dirname(path), `.${basename(path)}.${randomUUID()}`));
  for (const path of temporary) await writableOrThrow(path);
  try {
    const result = await fill(temporary);
    for (const [i, path] of paths.entries()) await rename(temporary[i] ?? '', path);
    return result;
  } finally {
    for (const path of temporary) await Promise.all([path, `${path}.wal`].map((one) => rm(one, { force: true })));
  }
}

async function refuseExisting(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found !== undefined) throw new SiltstoneError('bad_usage', `${path} is there already; --force replaces it`);
}

/** DuckDB's own message for a folder that cannot be written to says nothing of rights. */
async function writableOrThrow(path: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, '', { flag: 'wx' });
    await rm(path);
  } catch (error) {
    throw new SiltstoneError('file_not_writable', `write into ${dirname(path)}: ${messageOf(error)}`, { cause: error });
  }
}
