export {
  type Column,
  type Field,
  fieldsOf,
  type LakeColumnType,
  lakeColumns,
  lineColumns,
  partitionColumns,
  presentOf,
} from './columns.ts';
export {
  type Envelope,
  envelope,
  eventPattern,
  jobIdPattern,
  lineBytesMax,
  tsYearMax,
  tsYearMin,
} from './envelope.ts';
export type { ColumnType } from './fields.ts';
export { type FieldsOf, isKind, type Kind, kinds } from './kinds.ts';
export { type CheckedEvent, checkEvent, type EventCheck } from './parse.ts';
export {
  checkPromotion,
  type PromotedField,
  type PromotedKind,
  type Promotion,
  promotionJsonSchema,
} from './promotion.ts';
export { type DeltaField, deltaField, deltaFields, deltaSchema, eventKindColumn } from './schema/delta.ts';
export { type Example, examples } from './schema/examples.ts';
export { eventJsonSchema } from './schema/json-schema.ts';
