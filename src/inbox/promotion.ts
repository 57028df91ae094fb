import { readFileSync } from 'node:fs';
import { messageOf, SiltstoneError } from '../errors.ts';
import { checkPromotion, type DeltaField, deltaField, type PromotedField, type Promotion } from '../events/index.ts';
import { fitsSchema, type Snapshot, type Storage, schemaColumns } from '../lake/index.ts';

/** The settings file of a warehouse, at its root. */
export const promotionPath = 'siltstone.json';

const fileBytesMax = 1024 * 1024;

/**
 * The promoted kinds of a warehouse; none where there is no settings file.
 * @throws SiltstoneError `bad_setting` names the place in the file and what is wrong there
 */
export async function loadPromotion(storage: Storage): Promise<Promotion> {
  const content = await storage.read(promotionPath);
  if (content === undefined) return new Map();
  if (content.length > fileBytesMax) throw badSetting(`has ${content.length} bytes; at most ${fileBytesMax} are read`);
  const checked = checkPromotion(parsed(content));
  if (!checked.ok) throw badSetting(checked.reason);
  return checked.promotion;
}

function parsed(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString('utf8'));
  } catch (error) {
    throw badSetting(`is not JSON: ${messageOf(error)}`);
  }
}

const badSetting = (what: string): SiltstoneError => new SiltstoneError('bad_setting', `${promotionPath}: ${what}`);

/** The macros that `promotedValue` needs. */
export const promotionSql: string = readFileSync(new URL('../../sql/promotion.sql', import.meta.url), 'utf8');

/** Rows with the JSON values of fields beside them, as one list, so that each `attrs` is parsed once for all of them. */
export function withPromotedJson(fields: readonly PromotedField[], rows: string): string {
  const paths = fields.map(({ field }) => `'$.${field}'`);
  const list = paths.length === 0 ? 'null::json[]' : `json_extract(attrs, [${paths.join(', ')}])`;
  return `(select *, ${list} as promoted_json ${rows})`;
}

/** The value of one of these fields in such a row, in SQL. */
export function promotedValue(fields: readonly PromotedField[], field: PromotedField): string {
  return `promoted_${field.type.toLowerCase()}(promoted_json[${fields.indexOf(field) + 1}])`;
}

/** A promoted field's column in the table's schema. */
export const promotedColumn = ({ column, type }: PromotedField): DeltaField => deltaField(column, type);

/** Of a kind's fields, those whose column the table has, in that very type: a file may hold them. */
export function heldColumns(fields: readonly PromotedField[], { metaData }: Snapshot): readonly PromotedField[] {
  const held = new Map(schemaColumns(metaData).map(({ name, type }) => [name, type]));
  return fields.filter((field) => field.type !== 'JSON' && held.get(field.column) === promotedColumn(field).type);
}

/** Those whose column the table has or may still get: what a new file holds. A name keeps its type for ever. */
export function writableColumns(fields: readonly PromotedField[], { metaData }: Snapshot): readonly PromotedField[] {
  return fields.filter((field) => field.type !== 'JSON' && fitsSchema(metaData, [promotedColumn(field)]));
}
