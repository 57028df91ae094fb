import { once } from 'node:events';
import type { Command } from 'commander';
import { startServer } from '../server/index.ts';
import { addCommand, type CommonOptions, settingsOf } from './command.ts';
import { endInterruptedJobs } from './end-interrupted.ts';
import { endSignal } from './ending.ts';
import { keepCompacting } from './keep-compacting.ts';
import { openLog } from './log.ts';
import { pluginDirsOf } from './plugin-dirs.ts';

/** Jobs of other processes may be cut off as well. */
const interruptedLookMs = 60_000;

interface ServeOptions extends CommonOptions {
  readonly port?: string;
  readonly host?: string;
}

export function addServe(program: Command): void {
  addCommand(program, {
    name: 'serve',
    summary: 'serves the warehouse over HTTP until it is ended',
    details:
      'It listens on this machine only, at http://127.0.0.1:7070, unless the settings serve_host and serve_port say ' +
      'otherwise. At another address it needs a token, by the environment SILTSTONE_SERVE_TOKEN or the setting serve_token_file. GET /openapi.json lists every route; docs/http-api.md has examples. It runs a `siltstone watch` beside ' +
      'itself unless serve_compacts is off. Ctrl-C or SIGTERM ends it with exit code 0: jobs that run have serve_drain_ms to finish and are ' +
      'cancelled then, those that wait are cancelled. Its log is on stderr: JSON lines, short ones on a terminal.',
    examples: [
      ['siltstone serve', 'at http://127.0.0.1:7070'],
      ['siltstone serve --port 8080 --warehouse /data/warehouse', 'another port and another warehouse'],
      [
        'SILTSTONE_SERVE_TOKEN=a-long-secret-word siltstone serve --host 0.0.0.0',
        'for others on the network, by a token',
      ],
    ],
  })
    .option('--port <port>', 'where it listens; 0 for any free port (default: the setting serve_port)')
    .option('--host <address>', 'where it listens (default: the setting serve_host)')
    .action(serve);
}

async function serve({ port, host, set, ...options }: ServeOptions): Promise<void> {
  const given = { ...(port !== undefined && { serve_port: port }), ...(host !== undefined && { serve_host: host }) };
  const settings = settingsOf({ ...options, set: { ...set, ...given } });
  const log = openLog(settings);
  const endInterrupted = () => endInterruptedJobs(settings, (text) => log.warn(text));
  await endInterrupted();
  const server = await startServer({ settings, log, pluginDirs: pluginDirsOf(settings) });
  log.info({ url: server.url, warehouse: settings.warehouse }, `serving ${settings.warehouse} at ${server.url}`);
  const stopCompacting = settings.serve_compacts === 'on' ? keepCompacting(settings, log) : async () => {};
  const timer = setInterval(endInterrupted, interruptedLookMs);
  if (!endSignal.aborted) await once(endSignal, 'abort');
  log.info('ending');
  clearInterval(timer);
  await Promise.all([server.close(), stopCompacting()]);
  // Being ended is its way to be done.
  process.exitCode = 0;
}
