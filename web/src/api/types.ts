/** What the server answers, as docs and `/openapi.json` have it. Times are ISO 8601, UTC. */

export type JobStatus = 'queued' | 'running' | 'done' | 'error' | 'cancelled';
export type Device = 'cpu' | 'gpu';

export interface Progress {
  readonly frames_done: number;
  readonly frames_total: number | null;
}

export interface Job {
  readonly job_id: string;
  readonly plugin: string;
  readonly tool: string | null;
  readonly device_requested: Device | null;
  readonly device: Device | null;
  readonly fallback: boolean | null;
  readonly fallback_reason: string | null;
  readonly status: JobStatus;
  readonly created_at: string;
  readonly completed_at: string | null;
  readonly duration_ms: number | null;
  readonly error_message: string | null;
  readonly progress: Progress | null;
  readonly has_input: boolean;
  readonly has_video: boolean;
  readonly request_id: string | null;
}

export interface JobPage {
  readonly jobs: readonly Job[];
  readonly next_cursor: string | null;
}

export interface PluginTool {
  readonly name: string;
  readonly description: string;
  readonly tracks: boolean;
}

export interface Plugin {
  readonly id: string;
  readonly state: 'ready' | 'broken' | 'base';
  readonly version: string | null;
  readonly description: string | null;
  readonly tools: readonly PluginTool[];
  readonly devices: readonly string[];
  readonly labels: readonly string[];
  readonly reason: string | null;
}

export interface DeviceState {
  readonly provider: string;
  readonly device: Device;
  readonly ok: boolean;
  readonly reason: string | null;
  readonly found_at: string | null;
}

export interface Detection {
  readonly frame_index: number;
  readonly plugin: string;
  readonly tool: string;
  readonly label: string;
  readonly score: number | null;
  readonly track_id: number | null;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly text: string | null;
  readonly keypoints: unknown;
}

export interface DetectionPage {
  readonly detections: readonly Detection[];
  readonly next_cursor: string | null;
}

export interface Column {
  readonly name: string;
  readonly type: string;
}

export type Cell = string | number | boolean | null | object;

export interface QueryResult {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  readonly row_count: number;
  readonly truncated: boolean;
  readonly version: number;
  readonly elapsed_ms: number;
}

export interface Limits {
  readonly query_rows_max: number;
  readonly query_timeout_ms: number;
  readonly query_bytes_max: number;
  readonly upload_bytes_max: number;
  readonly upload_files_max: number;
}

export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly request_id: string;
}

export interface View {
  readonly name: string;
  /** What a row of it is. */
  readonly grain: string;
  readonly columns: readonly Column[];
}
