/** A number that was written as a text, as in CSV; anything else as it is, for the check to tell. */
export function numeric(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  return /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : text.trim();
}

/** A page or frame that is counted from 1, counted from 0; anything else as it is. */
export const pageNumber = (value: unknown): unknown => (typeof value === 'number' ? value - 1 : value);
