import { z } from 'zod';
import { messageOf, SiltstoneError } from './errors.ts';
import { serveSettings } from './settings/serve.ts';
import { count, MiB, setting, size, wait } from './settings/setting.ts';

const day = 24 * 3_600_000;
const retention = z.string().regex(/^$|^[a-z*][a-z0-9_.]{0,63}=\d+d(,[a-z*][a-z0-9_.]{0,63}=\d+d)*$/, {
  message: 'kinds with days, such as overlay.frame=30d,*=365d',
});
const cron = z.string().regex(/^(\S+ ){4,5}\S+$|^off$/, 'a cron expression of five or six fields, or off');

/** Every setting: its check, default, unit and meaning. Command help and docs/settings.md come from here. */
export const settingTable = {
  warehouse: setting(z.string().min(1), './warehouse', 'path', 'folder of the inbox and the lake'),
  emit_buffer_bytes: setting(size, 64 * 1024, 'bytes', 'a stream is written when this much waits in its buffer'),
  emit_flush_wait_ms: setting(wait, 200, 'ms', 'a stream is written when its oldest event has waited this long'),
  emit_queue_bytes_max: setting(
    size,
    16 * MiB,
    'bytes',
    'what a stream holds back while it cannot be written; more is dropped and counted',
  ),
  emit_durability: setting(
    z.enum(['os', 'fsync']),
    'os',
    'mode',
    'os: survives a crash of the process; fsync: of the machine',
  ),
  emit_flush: setting(
    z.enum(['batch', 'each']),
    'batch',
    'mode',
    'batch: buffered by bytes and time; each: every event is written at once',
  ),
  compact_batch_bytes: setting(size, 64 * MiB, 'bytes', 'lines taken by one commit, at most'),
  compact_kinds_max: setting(
    wait,
    200,
    'kinds',
    'kinds beside the contract’s that have files of their own in the lake; the rows of others share files',
  ),
  compact_dates_max: setting(
    count,
    31,
    'days',
    'days for which one commit writes files of their own; rows of days far from these share a file a kind',
  ),
  compact_files_max: setting(
    count,
    200,
    'files',
    'files of their own that one commit writes; what is left shares a few',
  ),
  compact_pending_bytes: setting(size, 64 * MiB, 'bytes', 'watch compacts when this much is pending'),
  compact_pending_wait_ms: setting(wait, 60_000, 'ms', 'watch compacts when the oldest pending line is this old'),
  compact_job_wait_ms: setting(wait, 5_000, 'ms', 'watch compacts this long after a job ended'),
  compact_schedule: setting(
    cron,
    '*/5 * * * *',
    'cron',
    'watch compacts what is pending, at the latest then; off for never',
  ),
  commit_attempts_max: setting(count, 50, 'attempts', 'commit races lost before a command gives up'),
  checkpoint_commits: setting(count, 50, 'commits', 'a checkpoint is written each time the log has grown by this many'),
  disk_reserve_bytes: setting(
    wait,
    1024 * MiB,
    'bytes',
    'compaction stops before less than this is free, or less than a twentieth of a small disk, and goes on once there is room',
  ),
  merge_file_bytes: setting(size, 128 * MiB, 'bytes', 'small files of a partition are merged up to this size'),
  merge_schedule: setting(cron, '7 * * * *', 'cron', 'watch merges small files then; off for never'),
  upkeep_schedule: setting(
    cron,
    '37 3 * * *',
    'cron',
    'watch applies the retention, cleans the log up and vacuums then; off for never',
  ),
  retention: setting(
    retention,
    '',
    'kind=days',
    'how long events are kept, such as `overlay.frame=30d,output.raw=7d,*=365d`; what is not named is kept for ever',
  ),
  vacuum_retention_ms: setting(
    wait,
    7 * day,
    'ms',
    'a file that left the table is deleted this long after, so that queries and time travel still find it',
  ),
  log_retention_ms: setting(
    wait,
    30 * day,
    'ms',
    'entries of the log stay this long for time travel, behind a checkpoint',
  ),
  stream_retention_ms: setting(
    wait,
    7 * day,
    'ms',
    'the log keeps the watermark of a stream that the inbox has no file of any more this long',
  ),
  hot_bytes_max: setting(
    size,
    2 * 1024 * MiB,
    'bytes',
    'lines that wait for compaction and that a reader takes in at most; with more it asks for a compaction first',
  ),
  inbox_grace_ms: setting(
    wait,
    3_600_000,
    'ms',
    'a stream of an ended job is removed this long after the lake took its last line',
  ),
  engine_memory_bytes: setting(
    z.coerce
      .number()
      .int()
      .min(64 * MiB),
    600 * MiB,
    'bytes',
    'memory limit of DuckDB',
  ),
  engine_threads: setting(z.coerce.number().int().min(0), 0, 'threads', 'threads of DuckDB; 0 for one a core'),
  parquet_version: setting(z.enum(['V1', 'V2']), 'V1', 'version', 'V2 is smaller and breaks some readers'),
  jobs_at_once: setting(
    wait,
    0,
    'jobs',
    'jobs that one process runs side by side, while further ones wait as queued; 0 for one a core',
  ),
  job_threads: setting(count, 1, 'threads', 'threads of a job’s model, and of its decoder'),
  frames_ahead: setting(count, 3, 'frames', 'frames that are decoded and wait for the model, at most'),
  keep_raw: setting(
    z.enum(['always', 'issues', 'never']),
    'issues',
    'mode',
    'which raw outputs a job keeps. issues: those that have issues, or that its detections do not say whole',
  ),
  strict: setting(
    z.enum(['off', 'on']),
    'off',
    'mode',
    'on: a job ends as an error at the first frame whose output has an issue; its events are kept',
  ),
  overlay_layers: setting(
    z.string().regex(/^(auto|none|(players|ball|pitch|radar)(,(players|ball|pitch|radar))*)$/, {
      message: 'some of players,ball,pitch,radar; or none, or auto',
    }),
    'auto',
    'layers',
    'what is drawn over frames, such as `players,ball`; none for nothing, auto for what the plugin’s manifest says',
  ),
  overlay_max_fps: setting(
    z.coerce.number().min(0),
    0,
    'frames/s',
    'frames of each second of the input that are drawn, at most; 0 for all',
  ),
  overlay_deadline_ms: setting(
    wait,
    0,
    'ms',
    'a frame is not drawn when drawing is further behind the input’s own clock than this; 0 for never',
  ),
  overlay_trail_frames: setting(
    z.coerce.number().int().min(0).max(1000),
    25,
    'frames',
    'how long the trail behind a track is; 0 for none',
  ),
  job_open_timeout_ms: setting(
    wait,
    300_000,
    'ms',
    'a job is ended when it takes longer to open its input, plugin and device, or to close them; 0 for never',
  ),
  frame_timeout_ms: setting(wait, 60_000, 'ms', 'a job is ended when one of its frames takes longer; 0 for never'),
  job_timeout_ms: setting(wait, 0, 'ms', 'a job is ended when all of it takes longer; 0 for never'),
  job_memory_bytes_max: setting(
    wait,
    4096 * MiB,
    'bytes',
    'a job is ended when its process, with all that it started, holds more memory; 0 for no limit',
  ),
  probe_cache: setting(
    z.string().min(1),
    'auto',
    'path',
    'file that keeps which GPU providers run here; auto for one in the user’s cache folder, off for none',
  ),
  metrics_refresh_ms: setting(
    count,
    5_000,
    'ms',
    'the counts behind /metrics are brought up to date this long after the last time; a scrape itself reads memory',
  ),
  query_rows_max: setting(count, 10_000, 'rows', 'rows that query prints in a table'),
  clickhouse_url: setting(
    z.string().regex(/^https?:\/\//, 'a URL such as http://localhost:8123/default'),
    'http://localhost:8123',
    'URL',
    'server that query --engine clickhouse asks, with /database behind it where it is not default',
  ),
  clickhouse_timeout_ms: setting(count, 300_000, 'ms', 'a query to ClickHouse is given up after this'),
  plugin_dirs: setting(
    z.string(),
    '~/.siltstone/plugins',
    'paths',
    'folders of plugins beside the built-in ones, separated as in PATH; `siltstone plugins add` adds to the first',
  ),
  log_level: setting(
    z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']),
    'info',
    'level',
    'what the log on stderr tells',
  ),
  ...serveSettings,
} as const;

type Table = typeof settingTable;
export type SettingName = keyof Table;
export type Settings = { readonly [N in SettingName]: z.infer<Table[N]['schema']> };

/** The environment variable of a setting: `SILTSTONE_WAREHOUSE` for `warehouse`. */
export const environmentName = (name: SettingName): string => `SILTSTONE_${name.toUpperCase()}`;

/**
 * Defaults, then the environment, then what is given, each checked.
 * @throws SiltstoneError `bad_setting` names the setting, its value and what is wrong with it.
 */
export function readSettings(
  given: { readonly [N in SettingName]?: unknown } = {},
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Settings {
  const names = Object.keys(settingTable) as SettingName[];
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(settingTable, name));
  if (unknown !== undefined) throw new SiltstoneError('bad_setting', `there is no setting ${unknown}`);
  const entries = names.map((name) => {
    const value = given[name] ?? environment[environmentName(name)] ?? settingTable[name].default;
    return [name, check(name, value)];
  });
  return Object.freeze(Object.fromEntries(entries)) as Settings;
}

function check(name: SettingName, value: unknown): unknown {
  try {
    return settingTable[name].schema.parse(value);
  } catch (error) {
    const issue = error instanceof z.ZodError ? error.issues[0]?.message : messageOf(error);
    throw new SiltstoneError('bad_setting', `${name} = ${JSON.stringify(value)}: ${issue}`);
  }
}
