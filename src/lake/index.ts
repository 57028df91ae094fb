export { type Action, type Add, type CommitInfo, parseActions, type Txn } from './actions.ts';
export { readCheckpoint, writeCheckpoint } from './checkpoint.ts';
export { type CommitResult, commit, type Transaction, transact } from './commit.ts';
export { checkpointVersion, commitPath, commitVersion, dataPath, logFolder, tableFolder } from './log-paths.ts';
export { emptySnapshot, loadSnapshot, type Snapshot } from './snapshot.ts';
export { type FileStats, fileStats, type WrittenFile } from './stats.ts';
export type { FileInfo, Scratch, Storage } from './storage.ts';
export { lendTemporary, openLocalStorage } from './storage-local.ts';
export { untaken, type Watermark, watermarksOf, watermarkTxns } from './watermarks.ts';
