export { type BackupState, backupState, backupStatePath } from './backup-state.ts';
export { type ClickHouse, openClickHouse } from './clickhouse.ts';
export { clickHouseViews, localLake } from './clickhouse-views.ts';
export { examineWarehouse, type Finding } from './doctor.ts';
export { contractTables, type Exported, exportDatabase, exportRows, exportStream, exportTables } from './export.ts';
export { type CopyFormat, copyStatement, type RowSource, subquery } from './export-copy.ts';
export { writeInitSql } from './init-sql.ts';
export { leftoversOf } from './leftovers.ts';
export {
  type DeviceCount,
  type JobCount,
  type MetricsReader,
  metricsReader,
  type OverlayFrame,
  type PluginDuration,
} from './metrics-reader.ts';
export { promotedViewsOf } from './promoted-views.ts';
export { openReader, type Reader, type ReaderSettings } from './reader.ts';
export { questionSchema } from './sandbox/messages.ts';
export { openSandbox, type Sandbox, type SandboxOptions } from './sandbox/sandbox.ts';
export { readSql, type ViewFile, viewFiles } from './sql-files.ts';
export { type Tail, tailOf } from './tail.ts';
export { orphansIn, type Problem, type Verification, type VerifyOptions, verify } from './verify.ts';
export { type VerifiedFile, verifyFile } from './verify-file.ts';
export { viewColumns } from './view-columns.ts';
