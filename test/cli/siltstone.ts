import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** What users start. */
const mainPath = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

export const commandNames = [
  ...[
    'demo',
    'run',
    'emit',
    'serve',
    'watch',
    'compact',
    'query',
    'views',
    'tail',
    'report',
    'compare',
    'normalise',
    'export',
  ],
  ...['plugins', 'devices', 'doctor', 'verify', 'repair', 'backup'],
] as const;

export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  readonly input?: string | Uint8Array;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs one command to its end. */
export function siltstone(args: readonly string[], { input = '', cwd, env }: RunOptions = {}): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [mainPath, ...args], {
    input,
    encoding: 'utf8',
    maxBuffer: 1024 ** 3,
    env: { ...process.env, ...env },
    ...(cwd !== undefined && { cwd }),
  });
  return { exitCode: status, stdout, stderr };
}

export interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  /** What it has written so far. */
  stdout(): string;
  stderr(): string;
  /** Resolves once stdout or stderr holds a text. */
  says(text: string): Promise<void>;
  ended(): Promise<number | null>;
}

/** Starts a command that runs on; it is killed after the test. */
export function start(args: readonly string[], { env }: Pick<RunOptions, 'env'> = {}): Running {
  const child = spawn(process.execPath, [mainPath, ...args], { env: { ...process.env, ...env } });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    said.stdout += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said.stderr += chunk;
  });
  const ending = once(child, 'close').then(([code]) => code as number | null);
  onTestFinished(() => void child.kill('SIGKILL'));
  return {
    child,
    stdout: () => said.stdout,
    stderr: () => said.stderr,
    says: (text) => waitFor(said, text, ending),
    ended: () => ending,
  };
}

async function waitFor(
  said: { readonly stdout: string; readonly stderr: string },
  text: string,
  ending: Promise<unknown>,
): Promise<void> {
  let isOver = false;
  void ending.then(() => {
    isOver = true;
  });
  while (!`${said.stdout}${said.stderr}`.includes(text)) {
    if (isOver) throw new Error(`it ended without “${text}”: ${said.stdout}${said.stderr}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The rows of a query, as objects. */
export function queried(warehouse: string, sql: string): readonly Readonly<Record<string, unknown>>[] {
  const { stdout, stderr, exitCode } = siltstone(['query', sql, '--json', '--warehouse', warehouse]);
  if (exitCode !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as readonly Readonly<Record<string, unknown>>[];
}
