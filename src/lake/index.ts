export { type Action, type Add, type CommitInfo, parseActions, type Txn } from './actions.ts';
export { readCheckpoint, writeCheckpoint } from './checkpoint.ts';
export { checksumOf, checksumTags, recordedChecksum } from './checksum.ts';
export { cleanLog, expiredLog } from './clean-log.ts';
export { type CommitResult, commit, type Transaction, transact } from './commit.ts';
export {
  checkpointPath,
  checkpointVersion,
  commitPath,
  commitVersion,
  dataPath,
  lastCheckpointPath,
  logFolder,
  tableFolder,
  totalsPath,
} from './log-paths.ts';
export { duckdbTypes, fitsSchema, schemaColumns } from './schema.ts';
export { emptySnapshot, loadSnapshot, loadVersion, type Snapshot } from './snapshot.ts';
export { type FileStats, fileStats, readStats, rowCountOf, statsText, type WrittenFile } from './stats.ts';
export type { FileInfo, Scratch, Space, Storage } from './storage.ts';
export { copyBeginning, copyUnchanging, syncFolders } from './storage-copy.ts';
export { lendTemporary, openLocalStorage } from './storage-local.ts';
export { type Moment, snapshotAt } from './time-travel.ts';
export { isVacuumedSince, vacuumMark } from './vacuum-mark.ts';
export {
  expiredOf,
  expiredTxn,
  forgottenTxn,
  lastForgotten,
  untaken,
  type Watermark,
  watermarksOf,
  watermarkTxns,
  withoutStreams,
} from './watermarks.ts';
export { wholeColumns, wholeColumnsTag } from './whole-columns.ts';
