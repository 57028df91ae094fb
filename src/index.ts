/** The public API, in the order of the data's way: what an event is, emit, compact, read; and what runs inference. */

export { type Bench, type Compaction, compact, type WatchEvents, watch } from './compactor/index.ts';
export {
  type CommonFields,
  type EventCounts,
  type EventLog,
  type EventLogOptions,
  type JobEmitter,
  type JobEmitterOptions,
  type Logger,
  type LoggerOptions,
  logTo,
  type MetricsWriter,
  type MetricsWriterOptions,
  openEventLog,
  openJobEmitter,
  openMetricsWriter,
} from './emitters/index.ts';
export { type Engine, openEngine } from './engine.ts';
export { type ErrorCode, errorTable, SiltstoneError } from './errors.ts';
export {
  type CheckedEvent,
  checkEvent,
  type Envelope,
  type EventCheck,
  eventJsonSchema,
  type FieldsOf,
  isKind,
  type Kind,
  kinds,
  promotionJsonSchema,
} from './events/index.ts';
export {
  type Attempt,
  type Device,
  type JobOptions,
  type JobResult,
  type LayerToggles,
  listPlugins,
  probeDevices,
  runJob,
} from './inference/index.ts';
export { openLocalStorage, type Storage } from './lake/index.ts';

export {
  examineWarehouse,
  exportDatabase,
  exportRows,
  exportTables,
  type Finding,
  type MetricsReader,
  metricsReader,
  openReader,
  type Reader,
  type Verification,
  verify,
  viewFiles,
  writeInitSql,
} from './query/index.ts';
export { readSettings, type SettingName, type Settings, settingTable } from './settings.ts';
