import type { DialectReading } from '../dialect.ts';
import { ofSome } from './evidence.ts';
import { type Fields, type Read, readItems, unreadable } from './fields.ts';

/** A list in the text of a language model. */
interface WrittenList {
  readonly items: readonly unknown[];
  /** Its end is missing: the model was stopped. */
  readonly isTorn: boolean;
}

/**
 * The JSON that a language model wrote: in a code fence, among words, or already parsed. Of a list without an end the items
 * before it are taken. A text of nothing is a list of nothing.
 */
export function writtenList(payload: unknown): WrittenList | undefined {
  if (Array.isArray(payload)) return { items: payload, isTorn: false };
  if (typeof payload !== 'string') return undefined;
  if (payload.trim() === '') return { items: [], isTorn: false };
  const text = /```\w*\s*([\s\S]*?)(?:```|$)/.exec(payload)?.[1] ?? payload;
  const start = text.search(/\[\s*[{\]]|\{/);
  if (start < 0) return undefined;
  return parsed(text.slice(start, text.lastIndexOf(text[start] === '[' ? ']' : '}') + 1)) ?? torn(text.slice(start));
}

function parsed(text: string): WrittenList | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return { items: Array.isArray(value) ? value : [value], isTorn: false };
  } catch {
    // A text that is no JSON is what this asks for; the caller looks for the whole items in it.
    return undefined;
  }
}

/** Up to the last item that has an end. */
function torn(text: string): WrittenList | undefined {
  let depth = 0;
  let end = 0;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (token === '[' || token === '{') depth++;
    else if (token === ']' || token === '}') depth--;
    if (token === '}' && depth === 1) end = index + 1;
  }
  const whole = end === 0 ? '[]' : `${text.slice(0, end)}]`;
  const items = parsed(whole)?.items;
  return items === undefined ? undefined : { items, isTorn: true };
}

/** The items of a list that a language model wrote. */
export function readWritten(payload: unknown, readItem: (item: Fields, path: string) => Read): DialectReading {
  const list = writtenList(payload);
  if (list === undefined) return unreadable('$', 'a list in JSON has to be in the text');
  const { candidates, issues } = readItems(list.items, '$', readItem);
  if (!list.isTorn) return { candidates, issues };
  const path = `$[${list.items.length}]`;
  return { candidates, issues: [...issues, { code: 'malformed', path, message: 'the list ends within an item' }] };
}

/** The evidence of the first item of a written list that gives any. */
export function evidenceOfWritten(
  payload: unknown,
  evidenceOf: (item: unknown) => readonly string[],
): readonly string[] {
  return ofSome(writtenList(payload)?.items, evidenceOf);
}
