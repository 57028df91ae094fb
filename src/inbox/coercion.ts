import type { ColumnType } from '../events/index.ts';

/**
 * How DuckDB's `read_json` reads a value that is not of its column's type, so that a line means the same whether it is
 * read strictly with its file or alone: `"12"` is a number where a number belongs, and `12` a text where a text does.
 */

const numberPattern = /^-?\d/;
/** What DuckDB casts to a DOUBLE: spaces in front, no plus, no zero before another digit, a digit on one side of the dot. */
const numberInText = /^[\t-\r ]*(?!0\d)-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;
const booleanInText: Readonly<Record<string, boolean>> = {
  true: true,
  t: true,
  yes: true,
  false: false,
  f: false,
  no: false,
};

/** The value of a column of that type, given as JSON without white space; what cannot be one comes as it is. */
export function readAs(type: ColumnType, text: string): unknown {
  if (type === 'JSON') return plain(text);
  if (type === 'VARCHAR' || type === 'TIMESTAMPTZ') return textOf(text);
  const value = plain(text);
  return type === 'BOOLEAN' ? asBoolean(value) : asNumber(value);
}

/** A value that is no text, as a text. */
export function textOf(text: string): string {
  if (text.startsWith('"')) return JSON.parse(text) as string;
  if (!numberPattern.test(text)) return text;
  if (/^-?\d+$/.test(text)) return text === '-0' ? '0' : text;
  const value = Number(text);
  return Number.isFinite(value) ? doubleText(value) : text;
}

/** A double as DuckDB prints it. */
function doubleText(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) return value.toExponential().replace(/e([-+])(\d)$/, 'e$10$2');
  const text = Object.is(value, -0) ? '-0' : String(value);
  return text.includes('.') ? text : `${text}.0`;
}

/** A scalar's value. Lists and objects are only told apart from scalars: their inside is kept as it came. */
function plain(text: string): unknown {
  if (text.startsWith('{')) return {};
  if (text.startsWith('[')) return [];
  return numberPattern.test(text) || text === 'true' || text === 'false' || text.startsWith('"')
    ? (JSON.parse(text) as unknown)
    : Number.NaN;
}

function asNumber(value: unknown): unknown {
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'string' && numberInText.test(value) ? Number(value) : value;
}

function asBoolean(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isNaN(value)) return value !== 0;
  return typeof value === 'string' ? (booleanInText[value.toLowerCase()] ?? value) : value;
}
