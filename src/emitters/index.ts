export { type CommonFields, type EventCounts, type EventLog, openEventLog } from './event-log.ts';
export type { EventLogOptions, WarnLogger } from './event-log-options.ts';
export { type JobEmitter, type JobEmitterOptions, openJobEmitter } from './job-emitter.ts';
export { type LogFacts, type Logger, type LoggerOptions, type LogLevel, type LogMethod, logTo } from './logger.ts';
export {
  type MetricsWriter,
  type MetricsWriterOptions,
  type OverlayRow,
  openMetricsWriter,
  type Row,
} from './metrics-writer.ts';
export { isWriterGone, type WriterIdentity, writerIdentity } from './writer-identity.ts';
