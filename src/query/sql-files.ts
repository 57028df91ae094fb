import { readdirSync, readFileSync } from 'node:fs';

const sqlFolder = new URL('../../sql/', import.meta.url);

export const readSql = (name: string): string => readFileSync(new URL(name, sqlFolder), 'utf8');

export interface ViewFile {
  /** The view's name: the file's without its number. */
  readonly name: string;
  readonly sql: string;
  /** What a row is: the first sentence of the head comment. */
  readonly grain: string;
}

/** The files of sql/views, which are DuckDB's, or of another engine, in the order of their numbers. */
export function viewFiles(folder: 'views' | 'clickhouse' = 'views'): readonly ViewFile[] {
  const files = readdirSync(new URL(`${folder}/`, sqlFolder)).filter((file) => file.endsWith('.sql'));
  return files.sort().map((file) => {
    const sql = readSql(`${folder}/${file}`);
    const name = file.replace(/^\d+_|\.sql$/g, '');
    return { name, sql, grain: /^-- ([^\n]*)/.exec(sql)?.[1] ?? '' };
  });
}
