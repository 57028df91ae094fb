import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Reader } from '../../src/query/index.ts';

/** A writer, and how many lines of its stream it knows to be safe. */
export interface Writer {
  readonly jobId: string;
  readonly child: ChildProcess;
  safeLines(): number;
}

const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

export function startWriter(warehouse: string, jobId: string, count: number): Writer {
  const child = spawn(process.execPath, [script('writer-process.mjs'), warehouse, jobId, String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  // A number is only told once its line end is: kill -9 may cut it.
  return { jobId, child, safeLines: () => Number(output.split('\n').slice(0, -1).at(-1) ?? 0) };
}

export function startCompactor(warehouse: string, settings: object = {}): ChildProcess {
  return spawn(process.execPath, [script('compactor-process.mjs'), warehouse, JSON.stringify(settings)], {
    stdio: ['pipe', 'inherit', 'inherit'],
  });
}

/** The exit code; null where a signal ended it. */
export async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
  return child.exitCode;
}

/** Per job: events seen, distinct numbers among them, and the highest number + 1. All three are one where nothing is lost or twice. */
export async function linesByJob(reader: Reader): Promise<ReadonlyMap<string, readonly [number, number, number]>> {
  const rows = await reader.rows(
    'select job_id, count(*)::int as seen, count(distinct seq)::int as numbers, max(seq)::int + 1 as lines from events group by job_id',
  );
  return new Map(rows.map((row) => [String(row.job_id), [Number(row.seen), Number(row.numbers), Number(row.lines)]]));
}
