import type { Engine, Values } from '../engine.ts';
import { SiltstoneError } from '../errors.ts';

/** What of DuckDB's plan is looked at. */
interface PlanNode {
  readonly name: string;
  readonly extra_info?: { readonly Filters?: string | readonly string[] };
  readonly children?: readonly PlanNode[];
}

/**
 * The one job that a query asks every file for, as DuckDB itself plans it: each scan of Parquet has the filter
 * `job_id='…'`. Then files that cannot hold the job need not be opened. Undefined where it asks for more, or nobody can tell.
 */
export async function askedJob(engine: Engine, sql: string, values?: Values): Promise<string | undefined> {
  const jobs = scansOf(await planOf(engine, sql, values)).map(jobOf);
  return jobs.every((job) => job === jobs[0]) ? jobs[0] : undefined;
}

async function planOf(engine: Engine, sql: string, values?: Values): Promise<readonly PlanNode[]> {
  try {
    const [row] = await engine.rows(`explain (format json) ${sql}`, values);
    return JSON.parse(String(row?.explain_value)) as readonly PlanNode[];
  } catch (error) {
    // A statement that has no plan, or is wrong: it will say so itself.
    if (error instanceof SiltstoneError && error.code === 'engine_failed') return [];
    throw error;
  }
}

const scansOf = (nodes: readonly PlanNode[]): readonly PlanNode[] =>
  nodes.flatMap((node) => [...(/^READ_PARQUET/.test(node.name) ? [node] : []), ...scansOf(node.children ?? [])]);

function jobOf({ extra_info }: PlanNode): string | undefined {
  const found = [extra_info?.Filters ?? []].flat().map((filter) => /^job_id='((?:[^']|'')*)'$/.exec(filter)?.[1]);
  return found.find((job) => job !== undefined)?.replaceAll("''", "'");
}
