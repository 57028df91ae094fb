import { isUtf8 } from 'node:buffer';
import { messageOf } from '../errors.ts';
import {
  type ColumnType,
  checkEvent,
  envelope,
  fieldsOf,
  jobIdPattern,
  kinds,
  lineBytesMax,
  lineColumns,
} from '../events/index.ts';
import { readAs, textOf } from './coercion.ts';
import { type Member, membersOf } from './json-members.ts';

/** Where a line stands. */
export interface LinePlace {
  readonly stream: string;
  /** From 0. */
  readonly line: number;
  /** What the folder says. */
  readonly jobId?: string;
}

const typeOf: ReadonlyMap<string, ColumnType> = new Map(lineColumns.map((column) => [column.name, column.type]));
const envelopeNames: ReadonlySet<string> = new Set(Object.keys(envelope.shape));
/** The fields that a line of each kind may have; of a kind that the contract does not know, only the envelope's. */
const namesOf: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(kinds).map(([kind, schema]) => [
    kind,
    new Set([...envelopeNames, ...fieldsOf(schema).map(({ name }) => name)]),
  ]),
);

/**
 * The canonical form of a line, whatever it holds, as one JSON object without `\n`: an event with its place, known fields
 * typed and the others in `attrs`, or a `line.rejected` with the reason and the line itself. Pure: the same line in the
 * same place always gives the same event, so what a reader saw hot is what the lake will hold.
 */
export function canonicalLine(content: Buffer, place: LinePlace): string {
  if (!isUtf8(content)) {
    return rejected(place, 'not UTF-8; raw is its base64', content.toString('base64'));
  }
  const raw = content.toString('utf8');
  try {
    return accepted(raw, place);
  } catch (error) {
    if (error instanceof Rejection) return rejected(place, error.message, raw, error.jobId);
    throw error;
  }
}

/** A line that is too long to be read: only its beginning is kept in the event. */
export function rejectedLong(head: Buffer, bytes: number, place: LinePlace): string {
  const reason = `the line has ${bytes} bytes; at most ${lineBytesMax} are read, and raw is its beginning`;
  return rejected(place, reason, head.toString('utf8'));
}

class Rejection extends Error {
  readonly jobId: string | undefined;
  constructor(reason: string, jobId?: string) {
    super(reason);
    this.jobId = jobId;
  }
}

function accepted(raw: string, place: LinePlace): string {
  const { fields, others } = sorted(parsed(raw));
  const known = new Map([...fields.values()].map(({ name, text }) => [name, readAs(typeOf.get(name) ?? 'JSON', text)]));
  if (!known.has('job_id') && place.jobId !== undefined) known.set('job_id', place.jobId);
  check(known, [...fields.values(), ...others], place);
  const isElsewhere = ({ name }: Member): boolean =>
    (name === 'seq' && known.get(name) !== place.line) || (name === 'stream' && known.get(name) !== place.stream);
  const attrs = withOthers(fields.get('attrs'), [...others, ...[...fields.values()].filter(isElsewhere)]);
  const own = [...fields.values()].filter(({ name }) => !placed.has(name));
  const members = [
    ['event', JSON.stringify(known.get('event'))],
    ['job_id', JSON.stringify(known.get('job_id'))],
    ['seq', String(place.line)],
    ['ts', JSON.stringify(microseconds(String(known.get('ts'))))],
    ...own.map(({ name, text }) => [name, fieldText(name, text, known.get(name))]),
    ...(attrs === undefined ? [] : [['attrs', attrs]]),
  ];
  return `{${members.map(([name, text]) => `"${name}":${text}`).join(',')}}`;
}

/** Fields whose text is not taken as it came. `stream` is the place's. */
const placed: ReadonlySet<string> = new Set(['event', 'job_id', 'seq', 'ts', 'attrs', 'stream']);

function parsed(raw: string): readonly Member[] {
  const members = membersWithin(trimmed(raw));
  const seen = new Set<string>();
  for (const { name } of members) {
    if (seen.has(name)) throw new Rejection(`not JSON: the field ${JSON.stringify(name).slice(0, 80)} stands twice`);
    seen.add(name);
  }
  return members;
}

function membersWithin(text: string): readonly Member[] {
  try {
    const members = membersOf(text);
    if (members !== undefined) return members;
  } catch (error) {
    // The message may quote the line, and cut a surrogate pair of it in two.
    throw new Rejection(`not JSON: ${messageOf(error).replaceAll(/\p{Surrogate}/gu, '\ufffd')}`);
  }
  throw new Rejection('not a JSON object');
}

/** Without what DuckDB passes over around a value as well: white space of ASCII, and a byte order mark in front. */
function trimmed(raw: string): string {
  const isSpace = (at: number): boolean => /^[\t-\r ]$/.test(raw.charAt(at));
  let start = raw.startsWith('\ufeff') ? 1 : 0;
  let end = raw.length;
  while (start < end && isSpace(start)) start += 1;
  while (end > start && isSpace(end - 1)) end -= 1;
  return raw.slice(start, end);
}

interface Sorted {
  /** The line's own fields that are set, by name. */
  readonly fields: ReadonlyMap<string, Member>;
  readonly others: readonly Member[];
}

/** A null says nothing where a column has the name, whatever the kind; elsewhere it is kept like any value. */
function sorted(members: readonly Member[]): Sorted {
  const event = members.find(({ name }) => name === 'event');
  const kind = event === undefined ? '' : textOf(event.text);
  const own = namesOf.get(kind) ?? envelopeNames;
  const present = members.filter(({ name, text }) => text !== 'null' || !typeOf.has(name));
  return {
    fields: new Map(present.filter(({ name }) => own.has(name)).map((member) => [member.name, member])),
    others: present.filter(({ name }) => !own.has(name)),
  };
}

function check(known: ReadonlyMap<string, unknown>, members: readonly Member[], place: LinePlace): void {
  const jobId = known.get('job_id');
  if (jobId === undefined) throw new Rejection(`job_id: is missing, and the folder's name is no job id`);
  // What is in attrs needs no check, and it may be anything: it is kept one level down where it is no object.
  const result = checkEvent(Object.fromEntries([...known].filter(([name]) => name !== 'attrs')));
  const own = typeof jobId === 'string' && jobIdPattern.test(jobId) ? jobId : place.jobId;
  if (!result.ok) throw new Rejection(result.reason, own);
  const broken = members.find(({ name, isJson }) => !isJson && (typeOf.get(name) ?? 'JSON') === 'JSON');
  if (broken !== undefined) throw new Rejection(`not JSON: ${broken.name.slice(0, 80)} holds NaN or an infinity`, own);
}

/** A field as the strict reading takes it for the very value that was checked. */
function fieldText(name: string, text: string, value: unknown): string {
  const type = typeOf.get(name);
  return type === 'BIGINT' || type === 'BOOLEAN' ? String(value) : text;
}

/** `attrs` with the line's other fields. Where a name is in both, or `attrs` is no object, it goes one level down. */
function withOthers(attrs: Member | undefined, others: readonly Member[]): string | undefined {
  if (attrs === undefined) return others.length === 0 ? undefined : objectText(others);
  const inner = membersOf(attrs.text);
  if (inner === undefined || inner.some(({ name }) => others.some((other) => other.name === name))) {
    return objectText([...others, attrs]);
  }
  return others.length === 0 ? attrs.text : objectText([...inner, ...others]);
}

const objectText = (members: readonly Member[]): string =>
  `{${members.map(({ name, text }) => `${JSON.stringify(name)}:${text}`).join(',')}}`;

/** DuckDB reads seconds and up to six digits behind them; more digits would be cut all the same. */
function microseconds(ts: string): string {
  return /T\d\d:\d\d:\d\d/.test(ts) ? ts.replace(/(\.\d{6})\d+/, '$1') : new Date(ts).toISOString();
}

function rejected(place: LinePlace, reason: string, raw: string, jobId = place.jobId): string {
  return JSON.stringify({
    event: 'line.rejected',
    job_id: jobId ?? 'unknown',
    seq: place.line,
    ts: timeOf(place.stream, raw),
    stream: place.stream,
    line: place.line,
    reason,
    raw,
  });
}

/** A rejected line's time must never depend on when it was met: the time it states, its stream's, or the epoch for unknown. */
function timeOf(stream: string, raw: string): string {
  const stated = /"ts"\s*:\s*"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z)"/.exec(raw)?.[1];
  if (stated !== undefined && checkEvent({ event: 'unknown', job_id: 'unknown', ts: stated }).ok) return stated;
  const opened = /^([0-9a-f]{8})-([0-9a-f]{4})-7/.exec(stream);
  return new Date(opened ? Number.parseInt(`${opened[1]}${opened[2]}`, 16) : 0).toISOString();
}
