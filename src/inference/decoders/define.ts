import type { z } from 'zod';
import type { Size } from '../letterbox.ts';
import type { Issue } from '../normalise/index.ts';
import type { Outputs } from './tensors.ts';

/** What a decoder knows beside the tensors. */
export interface DecodeContext {
  readonly labels: readonly string[];
  /** Size of the model's input: the px of every payload. */
  readonly input: Size;
}

/** A number that JSON cannot hold is written as its name (`NaN`), so that it is seen. */
export type PayloadRow = (number | string)[];

/** The payload of one frame in the decoder's dialect, and what of the tensors has no place in it. */
export interface Decoded {
  readonly payload: PayloadRow[];
  readonly issues: readonly Issue[];
}

/** One head of models: what a manifest may say to it, the dialect it gives, and how its tensors are read. */
export interface Decoder<S extends z.ZodType = z.ZodType> {
  readonly options: S;
  readonly dialect: string;
  /** @throws SiltstoneError `plugin_broken` where the tensors are not those of this head; never for their values */
  decode(outputs: Outputs, options: unknown, context: DecodeContext): Decoded;
}

export function defineDecoder<S extends z.ZodType>(
  options: S,
  dialect: string,
  decode: (outputs: Outputs, options: z.infer<S>, context: DecodeContext) => Decoded,
): Decoder<S> {
  // The manifest that the options come from was checked by the same schema.
  return { options, dialect, decode: (outputs, given, context) => decode(outputs, given as z.infer<S>, context) };
}
