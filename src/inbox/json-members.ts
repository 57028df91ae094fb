/** A member of a JSON object: its name, and its value as it was written, without white space between tokens. */
export interface Member {
  readonly name: string;
  readonly text: string;
  /** False where `NaN` or an infinity stands in the value: DuckDB reads them, JSON has no word for them. */
  readonly isJson: boolean;
}

/** A text without an end is one token up to the end: looking for it again at each quote would take for ever. */
const tokens = /[{}[\],:]|"(?:[^"\\]|\\.)*"?|[^{}[\],:" \t\r\n]+/gs;
const notFinite = /^-?(?:nan|inf|infinity)$/i;
const opening = '{[,:';
const loneSurrogate = /\p{Surrogate}/u;

/**
 * The members of one object in their order, doubles and `__proto__` included; undefined where the text is another value.
 * Reads what DuckDB's parser reads, which is JSON, `NaN` and infinities in any case, and a comma behind the last member.
 * @throws SyntaxError says what is wrong where DuckDB would refuse the text too.
 */
export function membersOf(text: string): readonly Member[] | undefined {
  const parts = withoutLastCommas(text);
  JSON.parse(parts.map((part) => (notFinite.test(part) ? '0' : part)).join(''));
  if (parts.some((part) => part.includes('\\u') && loneSurrogate.test(JSON.parse(part)))) {
    throw new SyntaxError('a text holds half of a surrogate pair');
  }
  return parts[0] === '{' ? split(parts) : undefined;
}

function withoutLastCommas(text: string): readonly string[] {
  const parts: string[] = [];
  for (const [token] of text.matchAll(tokens)) {
    const isClosing = token === '}' || token === ']';
    if (isClosing && parts.at(-1) === ',' && !opening.includes(parts.at(-2) ?? ',')) parts.pop();
    parts.push(token);
  }
  return parts;
}

/** The parts are those of an object, and they are right: each member is a name, a colon and a value. */
function split(parts: readonly string[]): readonly Member[] {
  const members: Member[] = [];
  let depth = 0;
  let start = 1;
  for (const [i, part] of parts.entries()) {
    if ((part === ',' && depth === 1) || (part === '}' && depth === 1 && i > start)) {
      const value = parts.slice(start + 2, i);
      const name = JSON.parse(parts[start] ?? '') as string;
      members.push({ name, text: value.join(''), isJson: !value.some((one) => notFinite.test(one)) });
      start = i + 1;
    }
    if (part === '{' || part === '[') depth += 1;
    if (part === '}' || part === ']') depth -= 1;
  }
  return members;
}
