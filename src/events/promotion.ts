import { z } from 'zod';
import { lakeColumns } from './columns.ts';
import { eventPattern } from './envelope.ts';
import { isKind } from './kinds.ts';

/** A field of a custom kind, kept in `attrs`, that is a column too. */
export interface PromotedField {
  readonly field: string;
  readonly type: PromotedType;
  /** Its column in the lake. No column of the contract has two underscores: no later release can stand in its way. */
  readonly column: string;
}

export interface PromotedKind {
  readonly kind: string;
  /** The view of its events. */
  readonly view: string;
  readonly fields: readonly PromotedField[];
}

/** The promoted kinds of a warehouse, by the kind. */
export type Promotion = ReadonlyMap<string, PromotedKind>;

const promotedTypes = ['VARCHAR', 'BIGINT', 'DOUBLE', 'BOOLEAN', 'TIMESTAMPTZ', 'JSON'] as const;
export type PromotedType = (typeof promotedTypes)[number];

/** Columns that the view of every kind has. */
const viewColumns: ReadonlySet<string> = new Set([
  'id',
  'job_id',
  'created_at',
  'request_id',
  'attrs',
  'stream',
  'seq',
  'hot',
]);

const kindsMax = 64;
const fieldsMax = 64;
const fieldPattern = /^[A-Za-z_][A-Za-z0-9_]{0,62}$/;

const kindSchema = z
  .record(z.string().regex(fieldPattern), z.enum(promotedTypes))
  .refine((fields) => Object.keys(fields).length <= fieldsMax, `at most ${fieldsMax} fields of a kind`)
  .describe('the fields that are columns, each with its type');

/** What `siltstone.json` may hold. */
const promotionFile = z.strictObject({
  $schema: z.string().optional().describe('address of this schema, for editors'),
  kinds: z
    .record(z.string().regex(eventPattern), kindSchema)
    .refine((kinds) => Object.keys(kinds).length <= kindsMax, `at most ${kindsMax} kinds`)
    .describe('custom kinds by name'),
});

/** JSON Schema (draft 2020-12) of `siltstone.json`. What two kinds must not share it cannot say. */
export function promotionJsonSchema(): Readonly<Record<string, unknown>> {
  return { title: 'siltstone settings file', ...z.toJSONSchema(promotionFile, { io: 'input' }) };
}

type PromotionCheck =
  | { readonly ok: true; readonly promotion: Promotion }
  | { readonly ok: false; readonly reason: string };

/** Checks what a settings file holds. `reason` names the place and what is wrong there. */
export function checkPromotion(value: unknown): PromotionCheck {
  const parsed = promotionFile.safeParse(value);
  if (!parsed.success) return { ok: false, reason: parsed.error.issues.map(inWords).join('; ') };
  const kinds = Object.entries(parsed.data.kinds).map(([kind, fields]) => promotedKind(kind, fields));
  const reason = [...kinds.flatMap(badFields), ...twice(kinds)].join('; ');
  if (reason !== '') return { ok: false, reason };
  return { ok: true, promotion: new Map(kinds.map((promoted) => [promoted.kind, promoted])) };
}

function promotedKind(kind: string, fields: Readonly<Record<string, PromotedType>>): PromotedKind {
  const view = kind.replaceAll('.', '_');
  const named = Object.entries(fields).map(([field, type]) => ({ field, type, column: `${view}__${field}` }));
  return { kind, view, fields: named };
}

function badFields({ kind, fields }: PromotedKind): readonly string[] {
  if (isKind(kind)) return [`kinds: ${kind}: is a kind of siltstone's own, and its fields are columns already`];
  return fields
    .filter(({ field }) => viewColumns.has(field.toLowerCase()))
    .map(({ field }) => `kinds: ${kind}: ${field}: every view has a column of that name`);
}

/** Names that two kinds or fields would share. Names of columns and views differ by more than capitals. */
function twice(kinds: readonly PromotedKind[]): readonly string[] {
  const columns = kinds.flatMap(({ kind, fields }) => fields.map((f) => [f.column, `${kind}: ${f.field}`] as const));
  const all = [
    ...kinds.map(({ view, kind }) => [`the view ${view}`, kind] as const),
    ...columns.map(([column, of]) => [`the column ${column.toLowerCase()}`, of] as const),
    ...lakeColumns.map(({ name }) => [`the column ${name}`, 'the contract'] as const),
  ];
  const first = new Map<string, string>();
  return all.flatMap(([name, of]) => {
    const other = first.get(name);
    first.set(name, other ?? of);
    return other === undefined ? [] : [`kinds: ${of}: ${name} is that of ${other} already`];
  });
}

function inWords({ path, message }: z.core.$ZodIssue): string {
  return [...path.map(String), message.replace(/^Invalid (input|option|string|key in record): /, '')].join(': ');
}
