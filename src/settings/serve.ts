import { z } from 'zod';
import { count, MiB, setting, size, wait } from './setting.ts';

/** What `siltstone serve` is told. */
export const serveSettings = {
  serve_host: setting(
    z.string().min(1),
    '127.0.0.1',
    'address',
    'where serve listens; any other than a loopback address needs a token',
  ),
  serve_port: setting(z.coerce.number().int().min(0).max(65_535), 7070, 'port', 'where serve listens; 0 for any'),
  serve_names: setting(
    z.string(),
    '',
    'names',
    'names by which serve is asked for beside localhost and serve_host, with commas: requests for others are refused',
  ),
  serve_token: setting(
    z.string().regex(/^$|^[\w.~+/=-]{16,}$/, 'at least 16 of A-Z a-z 0-9 - . _ ~ + / ='),
    '',
    'token',
    'who has it may do everything; better given by the environment than on a command line',
  ),
  serve_token_file: setting(
    z.string(),
    '',
    'path',
    'file with a token a line, and behind it what it may: read, submit, ingest, with commas',
  ),
  serve_roots: setting(
    z.string(),
    '',
    'paths',
    'folders whose files jobs may be submitted for by path, separated as in PATH; the samples are always among them',
  ),
  serve_queue_max: setting(wait, 100, 'jobs', 'jobs that wait for their turn; more are answered with 429'),
  serve_upload_bytes_max: setting(size, 2048 * MiB, 'bytes', 'all files of one job together'),
  serve_upload_files_max: setting(count, 1000, 'files', 'files of one job'),
  serve_upload_timeout_ms: setting(count, 600_000, 'ms', 'an upload is given up after this'),
  serve_upload_keep_ms: setting(
    wait,
    7 * 24 * 3_600_000,
    'ms',
    'what was uploaded is removed this long after its job ended; 0 for never',
  ),
  serve_frame_pixels_max: setting(count, 32 * MiB, 'pixels', 'a picture or video with larger frames is refused'),
  serve_rate_max: setting(wait, 5_000, 'requests/s', 'requests from one address; 0 for no limit'),
  serve_connections_max: setting(count, 2_000, 'connections', 'that are open at once'),
  serve_body_timeout_ms: setting(count, 30_000, 'ms', 'a request that is no upload must have come whole by then'),
  serve_ingest_bytes_max: setting(size, 8 * MiB, 'bytes', 'a request with events has at most'),
  serve_streams_max: setting(count, 512, 'streams', 'streams of ingested events that are open at once'),
  serve_query_workers: setting(count, 2, 'processes', 'that answer SQL from outside'),
  serve_query_timeout_ms: setting(count, 10_000, 'ms', 'SQL from outside is stopped after this'),
  serve_query_rows_max: setting(
    count,
    10_000,
    'rows',
    'SQL from outside gives at most; the answer says when it was cut',
  ),
  serve_query_bytes_max: setting(size, 64 * MiB, 'bytes', 'an answer to SQL from outside has at most'),
  serve_query_memory_bytes: setting(size, 512 * MiB, 'bytes', 'memory limit of DuckDB in each of these processes'),
  serve_compacts: setting(
    z.enum(['on', 'off']),
    'on',
    'mode',
    'on: serve starts a `siltstone watch` and ends it; off: it is started elsewhere',
  ),
  serve_drain_ms: setting(count, 5_000, 'ms', 'jobs that run when serve is ended have this long to finish'),
} as const;
