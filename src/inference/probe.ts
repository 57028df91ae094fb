import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { lastOutput } from './child-output.ts';
import { type Attempt, gpuProvidersOf } from './device.ts';
import { nodesByProvider } from './profile.ts';
import type { ModelInput, Provider } from './runtime.ts';

const childPath = fileURLToPath(new URL('../../dist/inference/probe-process.js', import.meta.url));
/** A GPU that is started from cold may take some seconds. */
const probeWaitMs = 30_000;

const answerSchema = z.object({ ok: z.boolean(), reason: z.string().optional() });

export interface ProbeModel {
  readonly modelPath: string;
  readonly input: ModelInput;
}

interface ProbeOptions {
  /** Run as well, to show that the provider takes it, and which of its nodes it runs itself. */
  readonly model?: ProbeModel;
  readonly signal?: AbortSignal;
}

/**
 * Whether a provider really runs, here and now: a session is opened and run in a process of its own, because that a
 * provider was compiled in proves nothing, and a bad driver takes the process with it.
 */
export async function probeNow(provider: Provider, { model, signal }: ProbeOptions = {}): Promise<Attempt> {
  const folder = await mkdtemp(join(tmpdir(), 'siltstone-probe-'));
  try {
    const attempt = await attemptOf(provider, { model, folder, signal });
    return attempt.ok && model !== undefined ? judged(attempt, await readNodes(folder)) : attempt;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface AttemptOptions {
  readonly model: ProbeModel | undefined;
  /** For the profile of the model. */
  readonly folder: string;
  readonly signal: AbortSignal | undefined;
}

async function attemptOf(provider: Provider, { model, folder, signal }: AttemptOptions): Promise<Attempt> {
  const profilePrefix = join(folder, 'profile');
  const child = fork(childPath, [JSON.stringify({ provider, model, profilePrefix })], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const output = lastOutput(child.stderr);
  let answer: unknown;
  child.once('message', (message) => {
    answer = message;
  });
  const kill = () => child.kill('SIGKILL');
  const timer = setTimeout(kill, probeWaitMs);
  if (signal?.aborted) kill();
  signal?.addEventListener('abort', kill, { once: true });
  const [code, endedBy] = await once(child, 'close');
  clearTimeout(timer);
  signal?.removeEventListener('abort', kill);
  const parsed = answerSchema.safeParse(answer);
  if (parsed.success && parsed.data.ok) return { provider, ok: true };
  const reason = parsed.data?.reason ?? `the probe ended with ${endedBy ?? `exit code ${code}`}`;
  return { provider, ok: false, reason: reason.trim(), ...(output() === '' ? {} : { output: output() }) };
}

/** A provider that loads and leaves every node to the CPU has not run: it must not be called used. */
export function judged(attempt: Attempt, nodes: Readonly<Record<string, number>>): Attempt {
  if ((nodes[attempt.provider] ?? 0) > 0) return { ...attempt, nodes };
  const ranElsewhere = Object.entries(nodes).map(([name, count]) => `${name} ran ${count}`);
  const reason = `it loads, and runs none of the model’s nodes: ${ranElsewhere.join(', ') || 'the profile has none'}`;
  return { provider: attempt.provider, ok: false, nodes, reason };
}

async function readNodes(folder: string): Promise<Readonly<Record<string, number>>> {
  const [name] = await readdir(folder);
  return name === undefined ? {} : nodesByProvider(await readFile(join(folder, name), 'utf8'));
}

/** Every provider that this platform may have, probed one after the other, the CPU last. */
export async function probeDevices(
  probe: (provider: Provider) => Promise<Attempt> = probeNow,
): Promise<readonly Attempt[]> {
  const attempts: Attempt[] = [];
  for (const provider of [...gpuProvidersOf(process.platform, process.arch), 'cpu' as const]) {
    attempts.push(await probe(provider));
  }
  return attempts;
}
