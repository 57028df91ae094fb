import type { Row } from '../engine.ts';
import { fieldsOf, isKind, kinds } from '../events/index.ts';
import { oneLine } from './table.ts';

const valueLengthMax = 80;

/** An event on one line: when, whose, what, and the fields that say something. */
export function eventText(row: Row): string {
  const event = String(row.event);
  const names = isKind(event) ? fieldsOf(kinds[event]).map(({ name }) => name) : [];
  const fields = [...names, 'request_id', 'attrs'].filter((name) => row[name] !== null && row[name] !== undefined);
  const time = row.ts instanceof Date ? row.ts.toISOString() : String(row.ts);
  return [time, row.job_id, event, ...fields.map((name) => `${name}=${valueText(row[name])}`)].join(' ');
}

function valueText(value: unknown): string {
  const text = oneLine(String(value));
  const short = text.length <= valueLengthMax ? text : `${text.slice(0, valueLengthMax - 1)}…`;
  return /[\s="]/.test(short) && !short.startsWith('{') && !short.startsWith('[') ? JSON.stringify(short) : short;
}
