/** A number that was written as a text, as in CSV; anything else as it is, for the check to tell. */
export function numeric(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  return /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : text.trim();
}
