import type { DialectReading } from '../dialect.ts';
import { ofSome } from './evidence.ts';
import { at, isFields, joined, unreadable } from './fields.ts';

/** Each image of a `BatchAnnotateImagesResponse`, or of a response that stands alone. */
export function readResponses(
  payload: unknown,
  read: (response: unknown, path: string) => DialectReading,
): DialectReading {
  const list = at(payload, 'responses');
  if (!Array.isArray(list)) return isFields(payload) ? read(payload, '$') : unreadable('$', 'no response');
  return joined(
    list.map((response: unknown, image) => {
      const path = `$.responses[${image}]`;
      const failure = at(response, 'error', 'message');
      if (failure !== undefined) return unreadable(path, `the service says: ${String(failure).slice(0, 200)}`);
      const reading = read(response, path);
      if (list.length === 1) return reading;
      return { ...reading, candidates: reading.candidates.map((candidate) => ({ ...candidate, frame: image })) };
    }),
  );
}

export function evidenceOfResponses(
  payload: unknown,
  evidenceOf: (response: unknown) => readonly string[],
): readonly string[] {
  const list = at(payload, 'responses');
  return Array.isArray(list) ? ofSome(list, evidenceOf) : evidenceOf(payload);
}
