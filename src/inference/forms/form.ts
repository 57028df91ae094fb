import type { z } from 'zod';
import type { Letterbox, Size } from '../letterbox.ts';
import type { Issue } from '../normalise/index.ts';
import type { Provider } from '../runtime.ts';

/** JSON, as far as a plugin keeps to it: what it does not is found by normalise(), and written as well as it can be. */
export type Payload = z.core.util.JSONType;

/** What a plugin made of one frame: not checked yet, that is for normalise(). Times in ms. */
export interface FormOutput {
  readonly payload: Payload;
  readonly issues: readonly Issue[];
  readonly preprocessMs: number;
  readonly inferenceMs: number;
  readonly postprocessMs: number;
}

/** A plugin opened for the frames of one input, whatever its form. Frames come one after the other, in their order. */
export interface OpenForm {
  /** How a frame lies where the payload's px are counted. */
  readonly letterbox: Letterbox;
  /** @throws Error where the plugin fails: the job cannot go on */
  run(rgba: Uint8Array): Promise<FormOutput>;
  /** May be called twice. */
  close(): Promise<void>;
}

export interface FormOptions {
  /** Name of the tool. */
  readonly tool: string;
  /** Size of the frames. */
  readonly frame: Size;
  readonly provider: Provider;
  readonly threads: number;
}
