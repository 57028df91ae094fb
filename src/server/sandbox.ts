import { openSandbox, type Sandbox } from '../query/index.ts';
import type { Settings } from '../settings.ts';

/** Statements that wait for a process; more are answered with 429. */
const queueMax = 64;

export function openSandboxOf(settings: Settings): Sandbox {
  return openSandbox({
    warehouse: settings.warehouse,
    workerCount: settings.serve_query_workers,
    queueMax,
    rowsMax: settings.serve_query_rows_max,
    bytesMax: settings.serve_query_bytes_max,
    timeoutMs: settings.serve_query_timeout_ms,
    memoryBytes: settings.serve_query_memory_bytes,
    hotBytesMax: settings.hot_bytes_max,
    batchBytes: settings.compact_batch_bytes,
  });
}
