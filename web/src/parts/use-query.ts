import { useEffect, useState } from 'preact/hooks';
import { query, rowsOf } from '../api/client.ts';
import type { Problem } from '../api/types.ts';

export interface Asked<T> {
  /** The rows of the last answer; undefined before the first. */
  readonly rows: readonly T[] | undefined;
  readonly problem: Problem | undefined;
}

/**
 * What a statement says. It is asked again when the statement, a value or `turn` changes; until then the rows before
 * stay where they are, so that nothing jumps.
 */
export function useQuery<T>(sql: string, params?: Readonly<Record<string, unknown>>, turn: unknown = 0): Asked<T> {
  const [asked, setAsked] = useState<Asked<T>>({ rows: undefined, problem: undefined });
  const key = JSON.stringify([sql, params, turn]);
  useEffect(() => {
    const stop = new AbortController();
    void query(sql, params, stop.signal).then((answer) => {
      if (stop.signal.aborted) return;
      if (answer.ok) setAsked({ rows: rowsOf<T>(answer.value), problem: undefined });
      else setAsked((before) => ({ ...before, problem: answer.problem }));
    });
    return () => stop.abort();
  }, [key]);
  return asked;
}
