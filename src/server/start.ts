import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { messageOf, SiltstoneError, systemCodeOf } from '../errors.ts';
import { inboxId } from '../inbox/index.ts';
import { openLocalStorage } from '../lake/index.ts';
import { openMetrics } from '../metrics/index.ts';
import { openReader } from '../query/index.ts';
import type { Settings } from '../settings.ts';
import { buildApp } from './app.ts';
import type { ServerContext } from './context.ts';
import { openFramePictures } from './frame-pictures.ts';
import { type Access, openAccess } from './guard/access.ts';
import { isLoopback } from './guard/hosts.ts';
import { readTokens } from './guard/tokens.ts';
import { openIngest } from './ingest.ts';
import { openJobList } from './job-list.ts';
import { openJobQueue } from './job-queue.ts';
import { openFeed } from './live/feed.ts';
import type { Log } from './log.ts';
import { openMachine } from './machine.ts';
import { openRoots } from './roots.ts';
import { routes } from './routes/index.ts';
import { openSandboxOf } from './sandbox.ts';
import { keepSwept } from './sweep-uploads.ts';
import { openUploads } from './uploads.ts';

export interface ServerOptions {
  readonly settings: Settings;
  readonly log: Log;
  /** Folders of plugins beside the built-in ones. */
  readonly pluginDirs?: readonly string[];
}

export interface RunningServer {
  /** Where it listens: `http://127.0.0.1:7070`. */
  readonly url: string;
  /** Takes no more requests, answers those that it has, and closes all that is open. Idempotent. */
  close(): Promise<void>;
}

/**
 * Serves a warehouse, which is made where there is none.
 * @throws SiltstoneError `bad_setting` where the port is taken or the address is none of this machine's
 */
export async function startServer({ settings, log, pluginDirs = [] }: ServerOptions): Promise<RunningServer> {
  const opened: (() => unknown)[] = [];
  const closeAll = async (): Promise<void> => {
    for (let close = opened.pop(); close !== undefined; close = opened.pop()) await close();
  };
  try {
    const ending = new AbortController();
    const context = await openContext({ settings, log, pluginDirs, ending: ending.signal }, opened);
    const app = buildApp(routes, context);
    opened.push(() => Promise.all([closeApp(app), context.queue.drain()]));
    const url = await listen(app, settings);
    opened.push(() => ending.abort(new SiltstoneError('shutting_down', 'the server is ending')));
    let closing: Promise<void> | undefined;
    return {
      url,
      close: () => {
        closing ??= closeAll();
        return closing;
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

type ContextOptions = Required<ServerOptions> & Pick<ServerContext, 'ending'>;

async function openContext(options: ContextOptions, opened: (() => unknown)[]): Promise<ServerContext> {
  const { settings, log, pluginDirs, ending } = options;
  const access = accessOf(settings);
  const storage = openLocalStorage(settings.warehouse);
  await inboxId(storage);
  const reader = await openReader(settings);
  opened.push(() => reader.close());
  const uploads = openUploads(settings);
  const roots = openRoots(settings, uploads.dir);
  const jobs = await openJobList(reader, roots.mayHold);
  opened.push(() => jobs.close());
  const queue = openJobQueue({ settings, jobs, log });
  opened.push(() => queue.drain());
  opened.push(keepSwept(uploads, jobs, log));
  const pictures = openFramePictures(settings.serve_frame_pixels_max);
  const machine = openMachine(settings, pluginDirs);
  const metrics = await openMetrics({
    settings,
    version: version(),
    pluginDirs,
    onProblem: (problem) => log.warn({ err: problem }, 'the metrics could not be brought up to date'),
  });
  opened.push(() => metrics.close());
  const sandbox = openSandboxOf(settings);
  opened.push(() => sandbox.close());
  const ingest = openIngest(settings);
  opened.push(() => ingest.close());
  const onProblem = (problem: unknown): void => log.warn({ err: problem }, 'those who look on wait for what comes');
  const feed = openFeed({ reader, jobs, onProblem });
  opened.push(() => feed.close());
  const kept = { storage, reader, sandbox, ingest, feed, jobs, metrics, queue, uploads, roots, pictures };
  return { settings, log, pluginDirs, version: version(), access, machine, ending, ...kept };
}

/** Who can reach this machine over the network may not do everything with it. */
function accessOf(settings: Settings): Access {
  const tokens = readTokens(settings);
  if (tokens === undefined && !isLoopback(settings.serve_host)) {
    const message = `serve_host = ${settings.serve_host} is not of this machine alone, and needs serve_token or serve_token_file`;
    throw new SiltstoneError('bad_setting', message);
  }
  return openAccess(tokens);
}

/** What a request may take to be answered whole once the server is told to end: somebody may be slow to watch a video. */
const answerMs = 2_000;

async function closeApp(app: FastifyInstance): Promise<void> {
  const timer = setTimeout(() => app.server.closeAllConnections(), answerMs);
  await app.close();
  clearTimeout(timer);
}

async function listen(app: FastifyInstance, { serve_host: host, serve_port: port }: Settings): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    if (systemCodeOf(error) === undefined) throw error;
    throw new SiltstoneError('bad_setting', `listen at ${host}, port ${port}: ${messageOf(error)}`, { cause: error });
  }
  const { address, family, port: taken } = app.server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${taken}`;
}

function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}
