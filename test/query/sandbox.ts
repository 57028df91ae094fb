import { onTestFinished } from 'vitest';
import { openSandbox, type Sandbox, type SandboxOptions } from '../../src/query/index.ts';
import type { Warehouse } from '../make/warehouse.ts';

type Question = Parameters<Sandbox['ask']>[0];

export interface JsonAnswer {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly unknown[])[];
  readonly row_count: number;
  readonly truncated: boolean;
  readonly version: number;
  readonly plan?: string;
}

const MiB = 1024 * 1024;

/** A sandbox of two processes with small limits, closed after the test. */
export function tempSandbox({ path }: Warehouse, given: Partial<SandboxOptions> = {}): Sandbox {
  const sandbox = openSandbox({
    warehouse: path,
    workerCount: 2,
    queueMax: 1000,
    rowsMax: 1000,
    bytesMax: 4 * MiB,
    timeoutMs: 10_000,
    memoryBytes: 128 * MiB,
    hotBytesMax: 64 * MiB,
    batchBytes: 8 * MiB,
    ...given,
  });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

export const question = (sql: string, given: Partial<Question> = {}): Question => ({
  sql,
  format: 'json',
  explain: false,
  ...given,
});

/** The answer as JSON. */
export async function asked(sandbox: Sandbox, sql: string, given: Partial<Question> = {}): Promise<JsonAnswer> {
  return JSON.parse(await askedText(sandbox, sql, given));
}

export async function askedText(sandbox: Sandbox, sql: string, given: Partial<Question> = {}): Promise<string> {
  const { content } = await sandbox.ask(question(sql, given));
  return Buffer.from(content).toString('utf8');
}

/** The code of the refusal, or what was answered. */
export function outcomeOf(sandbox: Sandbox, sql: string, given: Partial<Question> = {}): Promise<string> {
  return askedText(sandbox, sql, given).catch((error: { readonly code?: string }) => error.code ?? String(error));
}
