export { checkedLine } from './checked-line.ts';
export { isCanonical } from './contract-sql.ts';
export { endsAJob } from './ended.ts';
export { type Intake, takeIn } from './intake.ts';
export { lastLineEnd, withOpen } from './lines.ts';
export { nextPieces, type Piece, syncForeign } from './pieces.ts';
export {
  heldColumns,
  loadPromotion,
  promotedColumn,
  promotedValue,
  promotionPath,
  promotionSql,
  withPromotedJson,
  writableColumns,
} from './promotion.ts';
export { forgottenMarks } from './recall.ts';
export { bytesOf, type LongLine } from './rewrite.ts';
export { sideBySide } from './side-by-side.ts';
export {
  baseOf,
  current,
  inboxFolder,
  inboxId,
  inboxIdForReading,
  isOwnStream,
  listStreams,
  type Pending,
  pendingOf,
  type StreamFile,
  takenStreams,
  takenSuffix,
} from './streams.ts';
