import fc from 'fast-check';
import { examples, lineColumns } from '../../src/events/index.ts';

/** What a foreign writer may put into a line: JSON as text, in forms that parsers like to disagree about. */

type Text = fc.Arbitrary<string>;

const space: Text = fc.oneof({ weight: 8, arbitrary: fc.constant('') }, fc.constantFrom(' ', '\t', '  ', '\r'));

const numberText: Text = fc.oneof(
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.constantFrom(
    ...'0 -0 0.0 -0.0 1.0 1e5 1E+5 1.50 1e-7 1e15 1e16 1e21 4.5e-5 0.1e1 1e400 -1e400 1e-400'.split(' '),
    ...'9007199254740991 9007199254740992 9007199254740993 9007199254740991.4 12345678901234567890'.split(' '),
    ...'18446744073709551616 -9223372036854775809 123456789012345678901234567890 2.5 0.1000000000000000055511'.split(
      ' ',
    ),
    ...'NaN nan -NaN Infinity -Infinity inf 01 1. .5 +1 0x10 1e 1_000 --1'.split(' '),
  ),
);

const texts = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
  numberText,
  fc.constantFrom(
    ' 7',
    '7 ',
    '\t7',
    'true',
    'TRUE',
    't',
    'f',
    'yes',
    'no',
    'y',
    'on',
    '',
    'null',
    'NaN',
    'a,nan',
    '{}',
    '[1]',
  ),
  fc.constantFrom('😀', '\u0000', '\u2028', '\ufeff', '\\ud83d', 'é', '\u007f', 'cpu', 'done', 'info', 'x'.repeat(40)),
);

/** A text as JSON, sometimes with escapes that nobody needs, sometimes with some that nobody understands. */
const stringText: Text = fc.oneof(
  { weight: 6, arbitrary: texts.map((text) => JSON.stringify(text)) },
  {
    weight: 2,
    arbitrary: texts.map((text) => `"${[...text].map((c) => escaped(c)).join('')}"`),
  },
  fc.constantFrom(
    '"\\ud83d"',
    '"\\ude00\\ud83d"',
    '"\\uD83D\\uDE00"',
    '"\\/"',
    '"\\x"',
    '"\\u12"',
    '"\t"',
    '"a',
    "'a'",
  ),
);

const escaped = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`,
  ).join('');

const scalarText: Text = fc.oneof(
  numberText,
  stringText,
  fc.constantFrom('true', 'false', 'null', 'True', 'undefined', 'nul'),
);

const between = (open: string, parts: readonly string[], comma: string, close: string): string =>
  `${open}${parts.join(',')}${comma}${close}`;

const comma: Text = fc.oneof({ weight: 3, arbitrary: fc.constant('') }, fc.constantFrom(',', ' , ', ',,'));

const jsonText: Text = fc.letrec<{ value: string; member: string }>((tie) => ({
  member: fc
    .tuple(fc.oneof(fc.constantFrom('"a"', '"seq"', '"attrs"', '"__proto__"'), stringText), space, tie('value'))
    .map(([name, gap, value]) => `${name}${gap}:${gap}${value}`),
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { weight: 5, arbitrary: scalarText },
    fc.tuple(fc.array(tie('value'), { maxLength: 3 }), comma).map(([parts, end]) => between('[', parts, end, ']')),
    fc.tuple(fc.array(tie('member'), { maxLength: 3 }), comma).map(([parts, end]) => between('{', parts, end, '}')),
  ),
})).value;

const date = fc.date({
  min: new Date('2026-11-20T00:00:00Z'),
  max: new Date('2026-11-22T23:59:59Z'),
  noInvalidDate: true,
});

const timeText: Text = fc.oneof(
  { weight: 2, arbitrary: date.map((at) => at.toISOString().replace('Z', '456Z')) },
  fc.constantFrom(
    ...['2026-11-21T24:00:00Z', '2026-11-21T23:59:60Z', '2026/11/21T10:00:00Z', '2026-11-21T10:00:00.Z'],
    ...['2026-11-21T1:00:00.000Z', '2026-11-21 10:00:00Z', '2026-11-21T10:00:00+02:00', '2026-11-21T10:00Z'],
    ...['2026-02-29T10:00:00Z', '2026-11-31T10:00:00Z', '2026-11-21T10:00:00.1234567Z', '2026-11-21t10:00:00z'],
    ...['2026-11-21T10:00:00', '2026-11-21', '  2026-1-1T10:00:00Z', '2026-11-21T10:00:00.1Z', '20261121T100000Z'],
    ...['2099-12-31T23:59:59.999999Z', '2100-01-01T00:00:00Z', '1999-12-31T23:59:59Z', '2000-01-01T00:00:00Z', ''],
  ),
);

type Member = readonly [name: string, value: string];

const kindMembers: readonly (readonly Member[])[] = Object.values(examples).map(({ line }) =>
  Object.entries(line)
    .filter(([name]) => !['job_id', 'seq', 'ts'].includes(name))
    .map(([name, value]): Member => [name, JSON.stringify(value)])
    .concat(line.event === 'log' ? [['attrs', '{"a":1}']] : []),
);

const names = [...new Set(kindMembers.flat().map(([name]) => name))];

const strayMember: fc.Arbitrary<Member> = fc.tuple(
  fc.oneof(
    fc.constantFrom(
      ...names,
      'seq',
      'ts',
      'job_id',
      'attrs',
      'request_id',
      'stream',
      'Event',
      'LEVEL',
      'hot',
      'date',
      'id',
    ),
    fc.constantFrom('foo', '__proto__', 'constructor', '', 'a b', 'é', 'gpu.watts'),
  ),
  jsonText,
);

export interface LinePlan {
  /** The number that the writer believes its line to have; undefined where it writes none. */
  readonly seq: number | undefined;
  readonly jobId: string | undefined;
}

const event: fc.Arbitrary<readonly Member[]> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...kindMembers) },
  fc
    .constantFrom('custom.metric', 'x', 'a.b_c.9', 'Bad.Name', '1x', '', 'line.rejected', 'constructor')
    .map((name): readonly Member[] => [['event', JSON.stringify(name)]]),
);

const quoted = (words: string): readonly string[] => words.split('|').map((word) => JSON.stringify(word));

/** Values that nearly are of a column's type, and some that are. */
const nearly = {
  BOOLEAN: fc.constantFrom('1', '0', '2.5', '-0', '1e400', 'NaN', ...quoted('yes|no|t|F|TRUE|y|1|on| true|')),
  DOUBLE: fc.oneof(
    numberText,
    fc.constantFrom('true', ...quoted(' 7|7 |\t7|01|-01|+7|7.|.7|1e3|nan|1e400|1_0|0x7|-0|')),
  ),
  BIGINT: fc.oneof(numberText, fc.constantFrom('false', ...quoted(' 7|7 |01|12.0|12.5|1e3|0x7|9007199254740993|-0|'))),
  VARCHAR: jsonText,
  TIMESTAMPTZ: timeText.map((text) => JSON.stringify(text)),
  JSON: fc.constantFrom(
    '{"a":NaN}',
    '{"a":[1,-inf]}',
    '{"a":"x,nan,y"}',
    '{"a":1,"a":2}',
    '{"a":1e5}',
    '{"a":[],}',
    '"{}"',
  ),
} as const satisfies Record<string, Text>;

const typeOf = new Map(lineColumns.map(({ name, type }) => [name, type]));

/** Another value for one of the members, such as a foreign writer might give: times and JSON have the most to go wrong. */
function replacedIn(members: readonly Member[]): fc.Arbitrary<Member> {
  const names = members.map(([name]) => name);
  const intricate = names.filter((name) => ['TIMESTAMPTZ', 'JSON'].includes(typeOf.get(name) ?? ''));
  return fc.oneof(fc.constantFrom(...intricate), fc.constantFrom(...names)).chain((name) => {
    const near = nearly[typeOf.get(name) ?? 'VARCHAR'];
    return fc.tuple(fc.constant(name), fc.oneof({ weight: 4, arbitrary: near }, jsonText));
  });
}

interface Change {
  readonly dropped: number;
  readonly replaced: readonly Member[];
  readonly added: readonly Member[];
  readonly rotated: number;
  readonly end: string;
  readonly gap: string;
}

const unchanged: Change = { dropped: -1, replaced: [], added: [], rotated: 0, end: '', gap: '' };

/** Mostly one thing is odd about a line: of two, the first that is refused would hide the other. */
function changeOf(members: readonly Member[]): fc.Arbitrary<Change> {
  const place = fc.nat({ max: members.length });
  const parts: { readonly [N in keyof Change]: fc.Arbitrary<Change[N]> } = {
    dropped: place,
    replaced: fc.array(replacedIn(members), { minLength: 1, maxLength: 2 }),
    added: fc.array(strayMember, { minLength: 1, maxLength: 2 }),
    rotated: place,
    end: comma,
    gap: space,
  };
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant(unchanged) },
    ...Object.entries(parts).map(([name, part]) => ({
      weight: name === 'replaced' ? 12 : 2,
      arbitrary: (part as fc.Arbitrary<unknown>).map((value): Change => ({ ...unchanged, [name]: value })),
    })),
    { weight: 2, arbitrary: fc.record(parts) },
  );
}

/** An object of an event, as a text. */
function eventText({ seq, jobId }: LinePlan): Text {
  const envelope: readonly Member[] = [
    ...(jobId === undefined ? [] : [['job_id', JSON.stringify(jobId)] as const]),
    ...(seq === undefined ? [] : [['seq', String(seq)] as const]),
  ];
  return fc
    .tuple(event, date)
    .map(([kind, ts]) => [...kind.slice(0, 1), ...envelope, ['ts', JSON.stringify(ts)] as const, ...kind.slice(1)])
    .chain((members) => changeOf(members).map((change) => objectText(members, change)));
}

function objectText(members: readonly Member[], { dropped, replaced, added, rotated, end, gap }: Change): string {
  const values = new Map(replaced);
  const given = members.map(([name, value]): Member => [name, values.get(name) ?? value]);
  const kept = [...given.filter((_, i) => i !== dropped), ...added];
  const turned = [...kept.slice(rotated % kept.length), ...kept.slice(0, rotated % kept.length)];
  const parts = turned.map(([name, value]) => `${gap}${JSON.stringify(name)}${gap}:${gap}${value}`);
  return between('{', parts, end, '}');
}

const byte = fc.oneof(
  fc.constantFrom(0, 9, 11, 12, 13, 32, 34, 44, 58, 91, 92, 93, 123, 125, 0xff, 0xc0, 0xef, 0xed, 0xf0, 0x80),
  fc.integer({ min: 0, max: 255 }).filter((code) => code !== 10),
);

const damaged = (text: Text): fc.Arbitrary<Uint8Array> =>
  fc.tuple(text, fc.nat(), byte, fc.boolean()).map(([line, at, code, isInserted]) => {
    const bytes = Buffer.from(line);
    const from = at % (bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, from), Buffer.from([code]), bytes.subarray(isInserted ? from : from + 1)]);
  });

/** A line without its `\n`: mostly an event, sometimes anything. */
export function lineBytes(plan: LinePlan): fc.Arbitrary<Uint8Array> {
  const asBytes = (text: Text): fc.Arbitrary<Uint8Array> => text.map((line) => Buffer.from(line));
  const around = fc.constantFrom('', '\r', ' ', '\ufeff', '\v', '\f', '\u00a0', '\ufeff\ufeff', '#', ',');
  return fc.oneof(
    { weight: 30, arbitrary: asBytes(eventText(plan)) },
    { weight: 4, arbitrary: damaged(eventText(plan)) },
    { weight: 3, arbitrary: asBytes(fc.tuple(around, eventText(plan), around).map((parts) => parts.join(''))) },
    { weight: 2, arbitrary: asBytes(fc.constantFrom('', '\r', ' ', '\t \r', '\v', '\ufeff', '\ufeff \r')) },
    { weight: 2, arbitrary: asBytes(jsonText) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 20 }).map((bytes) => bytes.filter((code) => code !== 10)) },
  );
}
