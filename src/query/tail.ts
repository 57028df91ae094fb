import { literal, type Row } from '../engine.ts';
import type { Reader } from './reader.ts';
import { readSql } from './sql-files.ts';

/** The newest events, and then those that come. Rows of the view `events`, oldest first. */
export interface Tail {
  begin(): Promise<readonly Row[]>;
  /** What came since the last call. */
  next(): Promise<readonly Row[]>;
}

/** Each call is one turn of the reader: between two, no event is passed over and none is given twice. */
export function tailOf(reader: Reader, { count, jobId }: { readonly count: number; readonly jobId?: string }): Tail {
  const scope = jobId === undefined ? {} : { jobId };
  const variables = `set variable tail_count = ${count}; set variable tail_job = ${jobId === undefined ? 'null' : literal(jobId)};`;
  return {
    begin: () => reader.rows(`${variables}\n${readSql('follow.sql')}\n${readSql('tail/begin.sql')}`, undefined, scope),
    next: () => reader.rows(readSql('tail/next.sql'), undefined, scope),
  };
}
