import { eventPattern, fieldsOf, type Kind, kinds, lineBytesMax } from '../events/index.ts';
import { attrsText, type Entry, leftOutValue, type Members } from './attrs.ts';
import { type ToText, toTextOf } from './field-text.ts';
import { jsonText, quoted } from './json-text.ts';
import { timestampText } from './timestamp.ts';

/** Why an event is not written. */
export interface Refusal {
  readonly refusal: string;
}

/** One event as a line with its `\n`, or why there is none. It throws only what a getter in `given` throws. */
export type EncodeLine = (event: string, seq: number, given: Members) => string | Refusal;

interface FieldEncoder {
  readonly name: string;
  readonly key: string;
  readonly required: boolean;
  readonly toText: ToText;
}

interface KindEncoder {
  readonly fields: readonly FieldEncoder[];
  readonly names: ReadonlySet<string>;
}

const encoders: ReadonlyMap<string, KindEncoder> = new Map(
  Object.keys(kinds).map((kind) => [kind, kindEncoder(fieldEncoders(kind as Kind))]),
);
/** A kind that the contract does not know keeps all its fields in `attrs`. */
const unknownKind = kindEncoder([]);

function fieldEncoders(kind: Kind): readonly FieldEncoder[] {
  const shape: Readonly<Record<string, unknown>> = kinds[kind].shape;
  return fieldsOf(kinds[kind]).map(({ name, required, type }) => ({
    name,
    key: `,"${name}":`,
    required,
    toText: toTextOf(shape[name], type),
  }));
}

function kindEncoder(fields: readonly FieldEncoder[]): KindEncoder {
  return { fields, names: new Set([...fields.map(({ name }) => name), 'ts', 'request_id', 'attrs']) };
}

/**
 * Encodes events of one job: envelope first, then the kind's fields in the contract's order, `attrs` last.
 * @param requestId stands in every event that names no other
 */
export function lineEncoder(jobId: string, clock: () => string, requestId?: string): EncodeLine {
  const afterEvent = `","job_id":"${jobId}","seq":`;
  return (event, seq, given) => {
    const kind = encoders.get(event) ?? unknownKind;
    if (kind === unknownKind && !isEventName(event)) return { refusal: 'its kind is no noun.word' };
    const leftOut: Entry[] = [];
    const envelope = `{"event":"${event}${afterEvent}${seq}${timeText(given.ts, clock, leftOut)}`;
    const request = requestText(given.request_id ?? requestId, leftOut);
    const fields = fieldsText(kind.fields, given, leftOut);
    if (typeof fields !== 'string') return fields;
    const attrs = attrsText(given.attrs, unknownOf(kind.names, given, leftOut), leftOut);
    return checkLength(`${envelope}${request}${fields}${attrs === undefined ? '}\n' : `,"attrs":${attrs}}\n`}`);
  };
}

/** JavaScript may hand in anything. */
function isEventName(event: unknown): boolean {
  return typeof event === 'string' && eventPattern.test(event);
}

function timeText(ts: unknown, clock: () => string, leftOut: Entry[]): string {
  if (ts === undefined || ts === null) return `,"ts":"${clock()}"`;
  const text = timestampText(ts);
  if (text === undefined) leftOut.push(['ts', ts]);
  return `,"ts":"${text ?? clock()}"`;
}

function fieldsText(fields: readonly FieldEncoder[], given: Members, leftOut: Entry[]): string | Refusal {
  let text = '';
  for (const field of fields) {
    const value = given[field.name];
    if (!field.required && (value === undefined || value === null)) continue;
    const valueText = field.toText(value);
    if (valueText !== undefined) text += field.key + valueText;
    else if (field.required) return { refusal: `${field.name} cannot be ${shortText(value)}` };
    else leftOut.push([field.name, value]);
  }
  return text;
}

function requestText(requestId: unknown, leftOut: Entry[]): string {
  if (requestId === undefined || requestId === null) return '';
  if (typeof requestId === 'string') return `,"request_id":${quoted(requestId)}`;
  leftOut.push(['request_id', requestId]);
  return '';
}

function unknownOf(names: ReadonlySet<string>, given: Members, leftOut: Entry[]): readonly Entry[] {
  const unknown: Entry[] = [];
  for (const name in given) {
    const value = given[name];
    if (names.has(name) || value === undefined) continue;
    const isMisfit = name === 'left_out' || leftOutValue(value) !== value;
    (isMisfit ? leftOut : unknown).push([name, value]);
  }
  return unknown;
}

function shortText(value: unknown): string {
  return (jsonText(leftOutValue(value)) ?? 'undefined').slice(0, 80);
}

/** A UTF-16 unit takes at most three bytes of UTF-8: only long lines are measured. */
function checkLength(line: string): string | Refusal {
  if (line.length * 3 <= lineBytesMax) return line;
  const byteCount = Buffer.byteLength(line);
  return byteCount <= lineBytesMax ? line : { refusal: `its line has ${byteCount} bytes, ${lineBytesMax} are allowed` };
}
