/** Started by probe.ts: opens a provider, runs it, and says how it went. */
import { fileURLToPath } from 'node:url';
import { messageOf } from '../errors.ts';
import { blackInput } from './input.ts';
import type { ProbeModel } from './probe.ts';
import { openRuntime, type Provider, type RuntimeOptions } from './runtime.ts';

interface ProbeRequest {
  readonly provider: Provider;
  readonly model?: ProbeModel;
  /** Where the profile of the model is written: path and beginning of the name. */
  readonly profilePrefix: string;
}

/** One convolution that every provider has a kernel for, so that it can be run with nothing left to the CPU. */
const smallest: ProbeModel = {
  modelPath: fileURLToPath(new URL('../../plugins/probe.onnx', import.meta.url)),
  input: { name: 'x', type: 'float32', shape: [1, 4, 8, 8], constants: [] },
};

process.on('disconnect', () => process.exit());
await main(JSON.parse(process.argv[2] ?? '{}') as ProbeRequest);

async function main({ provider, model, profilePrefix }: ProbeRequest): Promise<void> {
  try {
    await runOnce(smallest, { provider, providerOnly: true });
    if (model !== undefined) await runOnce(model, { provider, profilePrefix });
    process.send?.({ ok: true });
  } catch (error) {
    process.send?.({ ok: false, reason: messageOf(error) });
  }
  process.disconnect?.();
}

async function runOnce(
  { modelPath, input }: ProbeModel,
  options: Pick<RuntimeOptions, 'provider' | 'providerOnly' | 'profilePrefix'>,
): Promise<void> {
  const runtime = await openRuntime({ modelPath, input, threads: 1, ...options });
  await runtime.run(blackInput(input));
  await runtime.close();
}
