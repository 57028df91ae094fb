import { z } from 'zod';
import { count, setting } from './setting.ts';

/** What `siltstone serve` is told. */
export const serveSettings = {
  serve_host: setting(
    z.string().min(1),
    '127.0.0.1',
    'address',
    'where serve listens; any other than a loopback address needs a token',
  ),
  serve_port: setting(z.coerce.number().int().min(0).max(65_535), 7070, 'port', 'where serve listens; 0 for any'),
  serve_connections_max: setting(count, 2_000, 'connections', 'that are open at once'),
  serve_body_timeout_ms: setting(count, 30_000, 'ms', 'a request that is no upload must have come whole by then'),
} as const;
