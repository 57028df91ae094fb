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

/** The value of a promoted field from `attrs`, in SQL. */
export const promotedValue = ({ field, type }: PromotedField): string =>
  `promoted_${type.toLowerCase()}(json_extract(attrs, '$.${field}'))`;

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
