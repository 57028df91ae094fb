/** Every error siltstone raises on purpose. A code is documented in docs/errors.md and never reused. */
export const errorTable = {
  backup_refused:
    'Choose an empty folder, or the one of an earlier backup of this warehouse that nothing was written to since.',
  bad_event: 'Correct the event; docs/events.md lists each kind with its fields.',
  bad_request: 'Correct what the message names; /openapi.json says what each route takes.',
  bad_setting:
    'Correct the value; docs/settings.md lists every setting, docs/custom-kinds.md what siltstone.json may hold.',
  bad_usage: 'See the command with --help.',
  clickhouse_failed: 'The message is ClickHouse’s own; docs/scaling.md says how the views are made there.',
  clickhouse_refused: 'Set CLICKHOUSE_USER and CLICKHOUSE_PASSWORD to a user who may read, with readonly = 0 or 2.',
  clickhouse_unreachable: 'Check --url, and that the server runs: `curl URL/ping` must say Ok.',
  closed: 'Open it again: nothing can be done with it after close().',
  codec_missing:
    'Install the package with `npm install node-av@6.1.1`, or the program ffmpeg 5.1 or newer: `apt install ffmpeg`, `brew install ffmpeg`.',
  commit_outcome_unknown: 'Run `siltstone verify`; nothing was deleted, and the same command may be run again.',
  conflict: 'Another process committed first, many times over. Run the command again.',
  device_unavailable: 'Run `siltstone devices` to see why, or leave out --strict-device to fall back to the CPU.',
  dialect_ambiguous:
    'Say which of them it is: --dialect NAME here, `dialect` in a plugin’s manifest; docs/dialects.md describes each.',
  dialect_unknown:
    'Declare the dialect it is in: `siltstone normalise --list` lists them, docs/dialects.md describes each.',
  disk_full: 'Free some space; what could not be written is taken up again at the next run.',
  engine_failed: 'The message is DuckDB’s own. Check the SQL with `siltstone views` for names and columns.',
  file_not_readable: 'Check that the file exists and that this user may read it.',
  file_not_writable: 'Check that the folder may be written to by this user, or choose another place.',
  frame_size_unknown: 'Give the size of the frame: --width PX --height PX.',
  forbidden: 'Take a token that may do this, or ask from a page of this server: others may not.',
  host_refused: 'Ask for it as localhost, or name the host in the setting serve_names.',
  inbox_too_large: 'Run `siltstone compact`, and `siltstone watch` from then on; or raise hot_bytes_max.',
  input_refused: 'Give a file below one of serve_roots, or upload it.',
  internal: 'It is a mistake in siltstone: please report it with the request_id and the log.',
  job_failed: 'The job’s own message says what went wrong; `siltstone tail JOB` shows its log.',
  job_memory: 'Take smaller frames or a smaller model, run fewer jobs at once, or raise job_memory_bytes_max.',
  job_timeout: 'Find what hangs by the last events: `siltstone tail JOB`; or raise the setting that the message names.',
  job_running: 'Wait until it has ended, or end it; `siltstone doctor` tells of a job whose process is gone.',
  labels_unknown: 'Give the names of the classes: --labels FILE, one a line in the order of their numbers.',
  lake_damaged:
    'Run `siltstone repair`: it says what is wrong and what it would do, and changes nothing without --yes.',
  lake_too_new: 'Use the siltstone version that wrote this warehouse, or a newer one.',
  media_unreadable: 'Check the file with a player; docs/media.md says what is read.',
  media_unsupported: 'Send a picture (PNG, JPEG, WebP, AVIF, TIFF) or a video; what a file holds counts, not its name.',
  method_not_allowed: 'Use a method that the header Allow names; GET /openapi.json lists every route.',
  not_found: 'Check the address; GET /openapi.json lists every route.',
  nothing_kept: 'Run it again with --set keep_raw=always: the raw outputs are kept then.',
  output_issues:
    'Look at `siltstone query "from output_issues"` and correct the plugin or its dialect; or run it without --strict.',
  plugin_broken:
    'Run `siltstone plugins` for the reason, and correct its manifest or model; docs/plugins.md says what it may hold.',
  query_refused:
    'Write one SELECT over the views; `siltstone views` lists them. Files are read by `siltstone query` only.',
  query_timeout: 'Ask for less, name a job, or raise serve_query_timeout_ms.',
  query_too_large: 'Ask for fewer or smaller rows, or raise the setting that the message names.',
  queue_full: 'Send it again after the time in Retry-After, or raise the setting that the message names.',
  range_refused: 'Ask for bytes that the file has: the header Content-Range says how many.',
  rate_limited: 'Wait for the time in Retry-After.',
  request_timeout: 'Send the request again, faster; serve_body_timeout_ms and serve_upload_timeout_ms are the limits.',
  shutting_down: 'Send it again once the server runs.',
  too_large: 'Send less at once; where a setting is the limit, the message names it.',
  unauthorized: 'Send the header `Authorization: Bearer TOKEN`.',
  unsupported_type: 'Send the content type that /openapi.json names for this route.',
  version_gone:
    '`siltstone query "from lake_commits"` lists the versions; log_retention_ms and vacuum_retention_ms say how far back they go.',
  view_timeout: 'Ask for an earlier frame, or look at the video: a video is decoded from its beginning.',
  warehouse_missing: 'Give the folder with --warehouse DIR, or write a first event with `siltstone emit`.',
  warehouse_not_writable: 'Give this user write permission to the folder, or choose another with --warehouse DIR.',
} as const satisfies Record<string, string>;

export type ErrorCode = keyof typeof errorTable;

export const errorCodes = Object.keys(errorTable) as readonly ErrorCode[];

/** An outside error: what was being done to what, what was found; `remedy` says what to do. */
export class SiltstoneError extends Error {
  readonly code: ErrorCode;
  readonly remedy: string;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'SiltstoneError';
    this.code = code;
    this.remedy = errorTable[code];
  }
}

/** The message of whatever was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** Node's error code (`ENOENT`, `ENOSPC`, …) of whatever was thrown, if it has one. */
export function systemCodeOf(thrown: unknown): string | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}
