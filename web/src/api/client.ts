import type { Cell, Problem, QueryResult } from './types.ts';

/** What the server said, or that it could not be reached. Its message is fit to be shown. */
export interface Failure {
  readonly status: number;
  readonly problem: Problem;
}

export type Answer<T> = { readonly ok: true; readonly value: T } | ({ readonly ok: false } & Failure);

type Listener = () => void;
const whenUnauthorized = new Set<Listener>();

/** Calls the listener whenever the server wants a token. @returns takes it away */
export function onUnauthorized(listener: Listener): () => void {
  whenUnauthorized.add(listener);
  return () => whenUnauthorized.delete(listener);
}

/** Failures are values: a page shows them where the answer would have stood. */
export async function call(path: string, init: RequestInit = {}): Promise<Answer<Response>> {
  try {
    const response = await fetch(path, { credentials: 'same-origin', ...init });
    if (response.ok) return { ok: true, value: response };
    if (response.status === 401) for (const listener of whenUnauthorized) listener();
    return { ok: false, status: response.status, problem: await problemOf(response) };
  } catch (error) {
    if (init.signal?.aborted === true) return failed(0, 'aborted', 'the request was given up');
    return failed(0, 'unreachable', `the server does not answer: ${error instanceof Error ? error.message : error}`);
  }
}

function failed(status: number, code: string, message: string): Answer<never> {
  const remedy = code === 'unreachable' ? 'start it again: siltstone serve' : '';
  return { ok: false, status, problem: { code, message, remedy, request_id: '' } };
}

async function problemOf(response: Response): Promise<Problem> {
  const unknown = {
    code: `http_${response.status}`,
    message: `the server answered ${response.status} ${response.statusText}`,
    remedy: '',
    request_id: response.headers.get('x-request-id') ?? '',
  };
  try {
    const body = (await response.json()) as { readonly error?: Partial<Problem> };
    return { ...unknown, ...body.error };
  } catch {
    // A proxy in between may answer in HTML; its status says what there is to say.
    return unknown;
  }
}

export async function getJson<T>(path: string, signal?: AbortSignal): Promise<Answer<T>> {
  const answer = await call(path, signal === undefined ? {} : { signal });
  return answer.ok ? jsonOf<T>(answer.value) : answer;
}

/** A request may be given up between its head and its body as well. */
async function jsonOf<T>(response: Response): Promise<Answer<T>> {
  try {
    return { ok: true, value: (await response.json()) as T };
  } catch (error) {
    return failed(0, 'aborted', `the answer broke off: ${error instanceof Error ? error.message : error}`);
  }
}

export function send(method: 'POST' | 'DELETE', path: string, body?: unknown): Promise<Answer<Response>> {
  if (body === undefined) return call(path, { method });
  return call(path, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

/** One statement over the views. Values are bound by the server, never put into the text. */
export async function query(
  sql: string,
  params: Readonly<Record<string, unknown>> | undefined = undefined,
  signal?: AbortSignal,
): Promise<Answer<QueryResult>> {
  const body = JSON.stringify(params === undefined ? { sql } : { sql, params });
  const headers = { 'content-type': 'application/json' };
  const answer = await call('/v1/query', { method: 'POST', headers, body, ...(signal && { signal }) });
  return answer.ok ? jsonOf<QueryResult>(answer.value) : answer;
}

/** Rows as objects, by the names of their columns. */
export function rowsOf<T>(result: QueryResult): readonly T[] {
  return result.rows.map((row) => Object.fromEntries(result.columns.map(({ name }, i) => [name, row[i]])) as T);
}

/** Big numbers come as text, so that no digit is lost; for a chart the nearest number is right. */
export const numberOf = (cell: Cell | undefined): number | null => {
  if (cell === null || cell === undefined || typeof cell === 'object' || cell === '') return null;
  const value = Number(cell);
  return Number.isFinite(value) ? value : null;
};
