import { type Answer, call } from '../../api/client.ts';
import type { QueryResult } from '../../api/types.ts';

export interface Plan {
  readonly plan: string;
  readonly elapsed_ms: number;
}

const post = (body: object, signal?: AbortSignal): Promise<Answer<Response>> =>
  call('/v1/query', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  });

async function jsonOf<T>(asked: Promise<Answer<Response>>): Promise<Answer<T>> {
  const answer = await asked;
  return answer.ok ? { ok: true, value: (await answer.value.json()) as T } : answer;
}

/** What the statement says, or the plan by which it would be answered. */
export const ask = (sql: string, isPlan: boolean, signal: AbortSignal): Promise<Answer<QueryResult | Plan>> =>
  jsonOf(post({ sql, explain: isPlan }, signal));

export const exportFormats = ['csv', 'ndjson', 'parquet'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Asks once more in another form, and hands the file to the browser. */
export async function download(sql: string, format: ExportFormat): Promise<Answer<unknown>> {
  const answer = await post({ sql, format });
  if (!answer.ok) return answer;
  const address = URL.createObjectURL(await answer.value.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = `siltstone.${format}`;
  link.click();
  URL.revokeObjectURL(address);
  return { ok: true, value: undefined };
}
