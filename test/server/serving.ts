import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { type RunningServer, startServer } from '../../src/server/index.ts';
import { type GivenSettings, tempWarehouse, type Warehouse } from '../make/warehouse.ts';

/** A server over a warehouse of its own, both gone after the test. */
export interface Serving {
  readonly url: string;
  readonly warehouse: Warehouse;
  readonly server: RunningServer;
  /** Asks for a path. */
  ask(path: string, options?: RequestInit): Promise<Response>;
  /** The JSON of a path. */
  json(path: string, options?: RequestInit): Promise<unknown>;
}

/** Writes bytes as they are, and gives what comes back until the server ends the connection. */
export async function spoken(url: string, bytes: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.write(bytes);
  return text(socket);
}

/** The status of a request of these lines, `GET / HTTP/1.1` and headers. */
export async function statusOfLines(url: string, ...lines: readonly string[]): Promise<number> {
  const answer = await spoken(url, [...lines, 'connection: close', '', ''].join('\r\n'));
  return Number(answer.split(' ')[1]);
}

export async function serving(
  given: GivenSettings = {},
  warehouse: Warehouse = tempWarehouse({ serve_port: 0, probe_cache: 'off', serve_drain_ms: 1, ...given }),
): Promise<Serving> {
  const { settings } = warehouse;
  const server = await startServer({ settings, log: pino({ level: 'silent' }) });
  onTestFinished(() => server.close());
  const ask = (path: string, options?: RequestInit) => fetch(server.url + path, options);
  return {
    url: server.url,
    warehouse,
    server,
    ask,
    json: async (path, options) => (await ask(path, options)).json(),
  };
}
