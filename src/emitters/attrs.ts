import { jsonText } from './json-text.ts';

export type Members = Readonly<Record<string, unknown>>;

/** A copy that can be read: a getter that throws leaves nothing, and the event is refused for what it lacks. */
export function membersOf(given: Members): Members {
  try {
    return { ...given };
  } catch {
    return {};
  }
}

/** Names with values, in the order found. */
export type Entry = readonly [name: string, value: unknown];

/**
 * The text of `attrs`: what was given as such, the fields the kind does not know, and under `left_out` the values
 * that their fields could not hold. A field wins over a member of the same name, which moves down into `attrs.attrs`:
 * nothing is dropped. Undefined where there is nothing to say.
 */
export function attrsText(given: unknown, unknown: readonly Entry[], leftOut: readonly Entry[]): string | undefined {
  const own = objectText(given);
  const isMisfit = own === undefined && given !== undefined && given !== null;
  const left: readonly Entry[] = isMisfit ? [...leftOut, ['attrs', given]] : leftOut;
  const winners = left.length === 0 ? unknown : [...unknown, ['left_out', leftOutMembers(left)] as const];
  if (winners.length === 0) return own;
  return jsonText(merge(own === undefined ? {} : (JSON.parse(own) as Members), Object.fromEntries(winners)));
}

/** An object's JSON; undefined for a list, a scalar, and what its toJSON turns into one. */
function objectText(given: unknown): string | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const text = jsonText(given);
  return text?.startsWith('{') ? text : undefined;
}

function leftOutMembers(leftOut: readonly Entry[]): Members {
  return Object.fromEntries(leftOut.map(([name, value]) => [name, leftOutValue(value)]));
}

/** A value that its field cannot hold, as something that JSON can. */
export function leftOutValue(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  return typeof value === 'function' || typeof value === 'symbol' ? `[${typeof value}]` : value;
}

function merge(own: Members, winners: Members): Members {
  const clashes = Object.keys(own).filter((name) => Object.hasOwn(winners, name));
  if (clashes.length === 0) return { ...own, ...winners };
  const below = Object.entries(own).filter(([name]) => clashes.includes(name) || name === 'attrs');
  return { ...own, ...winners, attrs: Object.fromEntries(below) };
}
