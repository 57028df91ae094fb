/** Bounds of the slow path: it copies a value that JSON.stringify gave up on. */
const depthMax = 64;
const nodeCountMax = 100_000;

const mustEscape = /["\\\p{Cc}]/u;

/** A string as JSON. A lone surrogate that is not escaped here becomes U+FFFD when the line turns into UTF-8. */
export function quoted(text: string): string {
  return mustEscape.test(text) ? wellFormed(JSON.stringify(text)) : `"${text}"`;
}

/**
 * Any value as JSON; undefined where JSON has no word for it (a function, a symbol, undefined).
 * What JSON.stringify throws at does not throw here: a bigint becomes its digits, a loop `[circular]`,
 * a getter or toJSON that throws `[unreadable]`, whatever is too deep or too much `[cut]`.
 */
export function jsonText(value: unknown): string | undefined {
  const text = stringify(value);
  return text === undefined ? undefined : wellFormed(text);
}

function stringify(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    // Why it threw does not matter: the copy has nothing left to throw at.
    return JSON.stringify(plainCopy(value, [], { nodeCount: 0 }));
  }
}

/** JSON.stringify escapes lone surrogates only, and readers refuse such an escape: U+FFFD stands in its place. */
function wellFormed(text: string): string {
  if (!text.includes('\\ud')) return text;
  return text.replace(/\\(ud[0-9a-f]{3}|.)/g, (escaped) => (escaped.length === 6 ? '\ufffd' : escaped));
}

function plainCopy(value: unknown, above: readonly object[], seen: { nodeCount: number }): unknown {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (above.includes(value)) return '[circular]';
  seen.nodeCount += 1;
  if (above.length >= depthMax || seen.nodeCount > nodeCountMax) return '[cut]';
  const path = [...above, value];
  try {
    if ('toJSON' in value && typeof value.toJSON === 'function') return plainCopy(value.toJSON(), path, seen);
    if (Array.isArray(value)) return value.map((member) => plainCopy(member, path, seen));
    const members = Object.keys(value).map((name) => [name, plainCopy(read(value, name), path, seen)]);
    return Object.fromEntries(members);
  } catch {
    return '[unreadable]';
  }
}

function read(value: object, name: string): unknown {
  try {
    return (value as Readonly<Record<string, unknown>>)[name];
  } catch {
    return '[unreadable]';
  }
}
