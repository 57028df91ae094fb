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

export async function serving(
  given: GivenSettings = {},
  warehouse: Warehouse = tempWarehouse({ serve_port: 0, ...given }),
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
