import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { tempFolder } from '../make/warehouse.ts';

const isThere = (program: string): boolean => spawnSync(program, ['--version']).status === 0;

export const isMissing = !isThere('prometheus') || !isThere('promtool');
export const missing = 'prometheus is not installed';

const rulesFolder = fileURLToPath(new URL('../../dashboards/prometheus', import.meta.url));

/** What promtool says, whether it is content or not. */
export async function promtool(...args: readonly string[]): Promise<{ readonly code: number; readonly text: string }> {
  try {
    const { stdout, stderr } = await promisify(execFile)('promtool', args, { cwd: rulesFolder });
    return { code: 0, text: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, text: stdout + stderr };
  }
}

/** A sample of a query's answer. */
export interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Prometheus {
  query(expr: string): Promise<readonly Sample[]>;
  /** One of its own pages below `/api/v1/`, as JSON. */
  ask(path: string): Promise<unknown>;
}

/** A Prometheus that scrapes a server every second, with our rules; gone after the test. */
export async function startPrometheus(serverUrl: string): Promise<Prometheus> {
  const folder = tempFolder();
  const rules = readFileSync(join(rulesFolder, 'rules.yml'), 'utf8');
  writeFileSync(join(folder, 'rules.yml'), rules);
  writeFileSync(join(folder, 'prometheus.yml'), configOf(new URL(serverUrl).host));
  const port = await freePort();
  const args = [
    `--config.file=${join(folder, 'prometheus.yml')}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--log.level=error',
  ];
  const child = spawn('prometheus', args, { stdio: ['ignore', 'ignore', 'inherit'] });
  onTestFinished(async () => {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
  });
  const ask = async (path: string): Promise<unknown> => (await fetch(`http://127.0.0.1:${port}/api/v1/${path}`)).json();
  return { ask, query: async (expr) => samplesOf(expr, await ask(`query?query=${encodeURIComponent(expr)}`)) };
}

const configOf = (target: string): string => `
global: { scrape_interval: 1s, evaluation_interval: 1s }
rule_files: [rules.yml]
scrape_configs:
  - job_name: siltstone
    static_configs: [{ targets: ['${target}'] }]
`;

interface Answer {
  readonly status: string;
  readonly error?: string;
  readonly data?: {
    readonly result: readonly { readonly metric: Sample['metric']; readonly value: [number, string] }[];
  };
}

function samplesOf(expr: string, answer: unknown): readonly Sample[] {
  const { status, error, data } = answer as Answer;
  if (status !== 'success') throw new Error(`${expr}: ${error}`);
  return (data?.result ?? []).map(({ metric, value: [, value] }) => ({ metric, value: Number(value) }));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { readonly port: number };
  server.close();
  await once(server, 'close');
  return port;
}
