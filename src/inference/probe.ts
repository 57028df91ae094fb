import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { lastOutput } from './child-output.ts';
import { type Attempt, gpuProvidersOf } from './device.ts';
import type { ModelInput, Provider } from './runtime.ts';

const childPath = fileURLToPath(new URL('../../dist/inference/probe-process.js', import.meta.url));
/** A GPU that is started from cold may take some seconds. */
const probeWaitMs = 30_000;

const answerSchema = z.object({ ok: z.boolean(), reason: z.string().optional() });

export interface ProbeModel {
  readonly modelPath: string;
  readonly input: ModelInput;
}

/**
 * Whether a provider really runs, here and now: a session is opened and run in a process of its own, because that a
 * provider was compiled in proves nothing, and a bad driver takes the process with it.
 * @param model run as well, to show that the provider takes it
 */
export async function probe(
  provider: Provider,
  { model, signal }: { readonly model?: ProbeModel; readonly signal?: AbortSignal } = {},
): Promise<Attempt> {
  const child = fork(childPath, [JSON.stringify({ provider, model })], {
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

/** Every provider that this platform may have, probed one after the other, the CPU last. */
export async function probeDevices(): Promise<readonly Attempt[]> {
  const attempts: Attempt[] = [];
  for (const provider of [...gpuProvidersOf(process.platform, process.arch), 'cpu' as const]) {
    attempts.push(await probe(provider));
  }
  return attempts;
}
