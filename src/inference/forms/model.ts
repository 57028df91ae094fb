import { messageOf, SiltstoneError } from '../../errors.ts';
import { checkOutputs, decode, readLines } from '../decoders/index.ts';
import { blackInput, makePacker, modelInputOf } from '../input.ts';
import { makeFitters } from '../letterbox.ts';
import type { ModelPlugin } from '../registry.ts';
import { openRuntime, type Runtime } from '../runtime.ts';
import type { FormOptions, OpenForm } from './form.ts';

/** A model with a named decoder: the frame is fitted and packed, run, and the outputs read. */
export async function openModelForm(plugin: ModelPlugin, options: FormOptions): Promise<OpenForm> {
  const { manifest, labels } = plugin;
  const { input, decoder, pitch } = manifest;
  const runtime = await openModel(plugin, options);
  const fitterFor = makeFitters(input, input.fit);
  const pack = makePacker(input);
  return {
    async run(frame) {
      const startedAt = performance.now();
      const { fit, letterbox } = fitterFor(frame);
      const packed = pack(fit(frame.rgba));
      const packedAt = performance.now();
      const outputs = await runtime.run(packed);
      const inferredAt = performance.now();
      const { payload, issues } = decode(outputs, decoder, { labels, input });
      return {
        payload,
        issues,
        lines: pitch && readLines(outputs, pitch.lines),
        letterbox,
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
    const outputs = await runtime.run(blackInput(input));
    checkOutputs(outputs, manifest.decoder, { labels, input: manifest.input });
    if (manifest.pitch !== undefined) readLines(outputs, manifest.pitch.lines);
    return runtime;
  } catch (error) {
    await runtime?.close();
    const message = `run the model of ${manifest.id} on ${provider}: ${messageOf(error)}`;
    throw new SiltstoneError('plugin_broken', message, { cause: error });
  }
}
