import { messageOf, SiltstoneError } from '../../errors.ts';
import { checkOutputs, decode } from '../decoders/index.ts';
import { blackInput, makePacker, modelInputOf } from '../input.ts';
import { letterboxOf, makeFitter } from '../letterbox.ts';
import type { ModelPlugin } from '../registry.ts';
import { openRuntime, type Runtime } from '../runtime.ts';
import type { FormOptions, OpenForm } from './form.ts';

/** A model with a named decoder: the frame is fitted and packed, run, and the outputs read. */
export async function openModelForm(plugin: ModelPlugin, options: FormOptions): Promise<OpenForm> {
  const { manifest, labels } = plugin;
  const { input, decoder } = manifest;
  const runtime = await openModel(plugin, options);
  const fit = makeFitter(options.frame, input, input.fit);
  const pack = makePacker(input);
  return {
    letterbox: letterboxOf(options.frame, input, input.fit),
    async run(rgba) {
      const startedAt = performance.now();
      const packed = pack(fit(rgba));
      const packedAt = performance.now();
      const outputs = await runtime.run(packed);
      const inferredAt = performance.now();
      const { payload, issues } = decode(outputs, decoder, { labels, input });
      return {
        payload,
        issues,
        preprocessMs: packedAt - startedAt,
        inferenceMs: inferredAt - packedAt,
        postprocessMs: performance.now() - inferredAt,
      };
    },
    close: () => runtime.close(),
  };
}

/** Runs it once on a black frame: a model that is not what its manifest says is told before the first frame. */
async function openModel(plugin: ModelPlugin, { provider, threads }: FormOptions): Promise<Runtime> {
  const { manifest, labels, modelPath } = plugin;
  const input = modelInputOf(manifest.input);
  let runtime: Runtime | undefined;
  try {
    runtime = await openRuntime({ modelPath, provider, threads, input });
    checkOutputs(await runtime.run(blackInput(input)), manifest.decoder, { labels, input: manifest.input });
    return runtime;
  } catch (error) {
    await runtime?.close();
    const message = `run the model of ${manifest.id} on ${provider}: ${messageOf(error)}`;
    throw new SiltstoneError('plugin_broken', message, { cause: error });
  }
}
