import type { z } from 'zod';
import {
  type Column,
  envelope,
  eventPattern,
  fieldsOf,
  type Kind,
  kinds,
  lakeColumns,
  lineColumns,
  presentOf,
  tsYearMax,
  tsYearMin,
} from '../events/index.ts';

/** SQL that is derived from the contract, so that DuckDB judges a batch by the very table that zod judges a line by. */

const quoted = (name: string): string => `"${name}"`;

/** Types that the template's scan gives as they are. */
const typesOfTemplate: ReadonlySet<string> = new Set(['VARCHAR', 'DOUBLE', 'BOOLEAN', 'JSON']);

/** What a line itself says: all but its stream, which its place decides. */
const stated = lineColumns.filter((column) => column.name !== 'stream');

/** `columns = …` of `read_json` for lines in canonical form. */
export const columnsLiteral = `{${lineColumns.map((c) => `${quoted(c.name)}: '${c.type}'`).join(', ')}}`;

/** The columns of a table of lines that were read: their file, what they state, and whether they are canonical. */
export const lineTable = [
  'file bigint',
  ...stated.map(({ name, type }) => `${quoted(name)} ${type}`),
  'is_canonical boolean',
].join(', ');

/** What lines `l` state, in the types of the lake, whether they were read with these or with the template's. */
export const lineSelection = stated
  .map(({ name, type }) => (typesOfTemplate.has(type) ? `l.${quoted(name)}` : `try_cast(l.${quoted(name)} as ${type})`))
  .join(', ');

/** The lake's columns, in order, of lines `l` of files `f`. */
export const lakeSelection = lakeColumns
  .map(({ name }) => {
    if (name === 'date') return `cast(l.ts as date) as "date"`;
    return name === 'stream' ? 'f.stream' : `l.${quoted(name)}`;
  })
  .join(', ');

/**
 * Two lines that hold every field. Read first with `maximum_sample_files = 1`, they fix the types of all files, and then,
 * unlike `columns = …`, DuckDB refuses a file with a field that is not among them.
 * Whole numbers are read as DOUBLE so that a fraction shows; times as VARCHAR so that their form shows.
 */
export const templateLines: string = [0, 1]
  .map((i) => `{${lineColumns.map((c) => `${quoted(c.name)}:${templateValue(c, i)}`).join(',')}}\n`)
  .join('');

function templateValue({ type }: Column, line: number): string {
  if (type === 'JSON') return line === 0 ? '{"a":1}' : '[1]';
  if (type === 'BOOLEAN') return 'true';
  return type === 'BIGINT' || type === 'DOUBLE' ? '0.5' : '"~"';
}

/** DuckDB casts more texts than these to a time, and JavaScript others again. */
const timePattern = '\\d{4}-\\d\\d-\\d\\dT([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,6})?Z';

/**
 * Whether a row, read by the template, is in canonical form: then reading it strictly gives what `canonicalLine` would.
 * What is not asked here: which `seq` and `job_id` it is, which depend on the line's place.
 */
export const isCanonical: string = [
  `coalesce(regexp_full_match("ts", '${timePattern}'), false)`,
  `try_cast("ts" as timestamptz) between '${tsYearMin}-01-01' and '${tsYearMax}-12-31 23:59:59.999999'`,
  `("attrs" is null or ("attrs"::varchar)[1] = '{')`,
  `"seq" = trunc("seq")`,
  ...lineColumns.filter(({ type }) => type === 'JSON').map(({ name }) => holdsNoNan(quoted(name))),
  `case "event" ${kindNames()
    .map((kind) => `when '${kind}' then ${kindCheck(kind)}`)
    .join(' ')} else ${unknownKindCheck()} end`,
].join(' and ');

/** DuckDB takes `NaN` and infinities for JSON, and nobody else does. A text that only looks like one is looked at alone. */
function holdsNoNan(column: string): string {
  return `not coalesce(regexp_matches(${column}::varchar, '(?i)(^|[[:,])-?(nan|inf(inity)?)([]},]|$)'), false)`;
}

/** A stream may hold `line.rejected` only from us: such a line is looked at alone. */
function kindNames(): readonly Kind[] {
  return (Object.keys(kinds) as Kind[]).filter((kind) => kind !== 'line.rejected');
}

function kindCheck(kind: Kind): string {
  const own = fieldsOf(kinds[kind]);
  const names = new Set(own.map((field) => field.name));
  const strays = kindColumns().filter((column) => !names.has(column.name));
  return [
    ...own.filter((field) => field.required).map((field) => `${quoted(field.name)} is not null`),
    ...own.flatMap((field) => valueCheck(kind, field)),
    ...strays.map((column) => `${quoted(column.name)} is null`),
  ].join(' and ');
}

function valueCheck(kind: Kind, { name, type }: Column): readonly string[] {
  const column = quoted(name);
  if (type === 'BIGINT') return [`coalesce(abs(${column}) <= 9007199254740991 and ${column} = trunc(${column}), true)`];
  if (type === 'DOUBLE') return [`coalesce(isfinite(${column}), true)`];
  const choices = choicesOf(kind, name).map((choice) => `'${choice}'`);
  return choices.length === 0 ? [] : [`coalesce(${column} in (${choices.join(', ')}), true)`];
}

function choicesOf(kind: Kind, name: string): readonly string[] {
  const field = (kinds[kind].shape as Record<string, z.ZodType>)[name];
  const schema = field && presentOf(field);
  return schema?.type === 'enum' ? (schema as z.ZodEnum).options.map(String) : [];
}

/** All that is not of the envelope. A kind that the contract does not know keeps its fields in `attrs`. */
function kindColumns(): readonly Column[] {
  const names = new Set(Object.keys(envelope.shape));
  return lineColumns.filter((column) => !names.has(column.name));
}

function unknownKindCheck(): string {
  const strays = kindColumns().map((column) => `${quoted(column.name)} is null`);
  return [`"event" <> 'line.rejected'`, `regexp_full_match("event", '${eventPattern.source}')`, ...strays].join(
    ' and ',
  );
}
