import { bytesText } from '../units.ts';
/** What a column holds, and so how it is written; `words` are texts that may be long. */
export type ValueKind = 'text' | 'words' | 'count' | 'number' | 'ms' | 'px' | 'score' | 'time' | 'bytes' | 'flag';

/** A value as it is read: rounded, with thousands set apart, times in UTC. Empty where there is none. */
export function valueText(value: unknown, kind: ValueKind): string {
  if (value === null || value === undefined) return '';
  if (kind === 'time') return timeText(value);
  if (kind === 'flag') return value === true ? 'yes' : 'no';
  if (kind === 'text' || kind === 'words') return textOf(value);
  const number = Number(value);
  if (!Number.isFinite(number)) return String(value);
  if (kind === 'count') return number.toLocaleString('en-US');
  if (kind === 'bytes') return bytesText(number);
  const digits = kind === 'score' ? 3 : digitsOf(Math.abs(number));
  // A column of times lines up at its point.
  const minimumFractionDigits = kind === 'ms' || kind === 'score' ? digits : 0;
  return number.toLocaleString('en-US', { minimumFractionDigits, maximumFractionDigits: digits });
}

/** Of four that can be told apart. */
const digitsOf = (size: number): number => (size >= 1000 ? 0 : size >= 100 ? 1 : 2);

export const isNumeric = (kind: ValueKind): boolean => !['text', 'words', 'time', 'flag'].includes(kind);

const textLengthMax = 400;

/** A native error may fill a page: its beginning and its end tell what it is. */
function textOf(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (text.length <= textLengthMax) return text;
  return `${text.slice(0, textLengthMax / 2)} … ${text.slice(-textLengthMax / 2)}`;
}

/** `2026-11-25 10:24:05`. */
function timeText(value: unknown): string {
  const time = value instanceof Date ? value : new Date(String(value));
  return Number.isNaN(time.getTime()) ? String(value) : time.toISOString().slice(0, 19).replace('T', ' ');
}
