import type { DialectReading } from '../dialect.ts';
import { type Read, unreadable } from './fields.ts';

/**
 * What stands in a text each time that a pattern fits. A text of words without any is no output of the dialect; a blank one
 * is an empty frame.
 */
export function readMatches(
  text: string,
  pattern: RegExp,
  readOne: (match: RegExpExecArray, path: string) => Read,
): DialectReading {
  const candidates = Array.from(text.matchAll(pattern)).flatMap((match, i) => readOne(match, `match ${i + 1}`) ?? []);
  if (candidates.length === 0 && text.trim() !== '') return unreadable('$', 'there is no place in the text');
  return { candidates, issues: [] };
}
