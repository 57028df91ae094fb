import { z } from 'zod';
import { boxesOptions, decodeBoxes, type PayloadRow } from './boxes.ts';

export type { PayloadRow } from './boxes.ts';

/** Decoders by the name in the manifest. Each takes a model's tensors and gives the payload of a dialect. */
export const decoderOptions = z.discriminatedUnion('name', [boxesOptions]);

export type DecoderOptions = z.infer<typeof decoderOptions>;

/** What a model gave: each output by its name, flat. */
export type Outputs = Readonly<Record<string, Float32Array>>;

/**
 * The payload of one frame, in px of the model's input.
 * @throws Error where the model has no such output
 */
export function decode(outputs: Outputs, labels: readonly string[], options: DecoderOptions): PayloadRow[] {
  const values = outputs[options.output];
  if (values === undefined) {
    throw new Error(`the model has no output ${options.output}; it has ${Object.keys(outputs).join(', ')}`);
  }
  return decodeBoxes(values, labels, options);
}
