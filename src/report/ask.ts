import { literal, type Row } from '../engine.ts';
import { type Reader, readSql } from '../query/index.ts';

/** A question, and its answer. */
export interface Asked {
  readonly rows: readonly Row[];
  /** As anybody may ask it. */
  readonly sql: string;
  /** What a row is: the head comment of the file. */
  readonly about: string;
}

/** Asks what stands in a file of sql/report/. @param jobId its $1 */
export type Ask = (name: string) => Promise<Asked>;

export function asker(reader: Reader, jobId?: string): Ask {
  return async (name) => {
    const text = readSql(`report/${name}.sql`);
    const rows = await reader.rows(
      text,
      jobId === undefined ? [] : [jobId],
      jobId === undefined ? undefined : { jobId },
    );
    const lines = text.trimEnd().split('\n');
    const head = lines.filter((line) => line.startsWith('--'));
    const sql = lines.slice(head.length).join('\n');
    return {
      rows,
      sql: jobId === undefined ? sql : sql.replaceAll('$1', () => literal(jobId)),
      about: head.map((line) => line.slice(3)).join(' '),
    };
  };
}

/** A column of numbers; 0 where there is none. */
export const numberIn = (row: Row, name: string): number => Number(row[name] ?? 0);
