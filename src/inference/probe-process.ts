/** Started by probe.ts: opens a provider, runs it, and says how it went. */
import { fileURLToPath } from 'node:url';
import { messageOf } from '../errors.ts';
import type { ProbeModel } from './probe.ts';
import { openRuntime, type Provider } from './runtime.ts';

interface ProbeRequest {
  readonly provider: Provider;
  readonly model?: ProbeModel;
}

/** One convolution that every provider has a kernel for, so that it can be run with nothing left to the CPU. */
const smallest: ProbeModel = {
  modelPath: fileURLToPath(new URL('../../plugins/probe.onnx', import.meta.url)),
  input: { name: 'x', type: 'float32', shape: [1, 4, 8, 8] },
};

await main(JSON.parse(process.argv[2] ?? '{}') as ProbeRequest);

async function main({ provider, model }: ProbeRequest): Promise<void> {
  try {
    await runOnce(provider, smallest, true);
    if (model !== undefined) await runOnce(provider, model, false);
    process.send?.({ ok: true });
  } catch (error) {
    process.send?.({ ok: false, reason: messageOf(error) });
  }
  process.disconnect?.();
}

async function runOnce(provider: Provider, { modelPath, input }: ProbeModel, providerOnly: boolean): Promise<void> {
  const runtime = await openRuntime({ modelPath, input, provider, providerOnly, threads: 1 });
  const size = input.shape.reduce((product, dimension) => product * dimension, 1);
  await runtime.run(input.type === 'uint8' ? new Uint8Array(size) : new Float32Array(size));
  await runtime.close();
}
