import type { z } from 'zod';
import type { Letterbox } from '../letterbox.ts';
import type { Pixels } from '../media/index.ts';
import type { Issue } from '../normalise/index.ts';
import type { LineMap } from '../pitch/index.ts';
import type { Provider } from '../runtime.ts';

/** JSON, as far as a plugin keeps to it: what it does not is found by normalise(), and written as well as it can be. */
export type Payload = z.core.util.JSONType;

/** What a plugin made of one frame: not checked yet, that is for normalise(). Times in ms. */
export interface FormOutput {
  readonly payload: Payload;
  /** What the plugin says this output is in, where it is another than its manifest says. */
  readonly dialect?: string;
  readonly issues: readonly Issue[];
  /** Lines of a pitch, where the plugin looks for them. */
  readonly lines?: LineMap | undefined;
  /** How the frame lies where the payload's px are counted. */
  readonly letterbox: Letterbox;
  readonly preprocessMs: number;
  readonly inferenceMs: number;
  readonly postprocessMs: number;
}

/**
 * A plugin opened for the frames of one input, whatever its form. Frames come one after the other, in their order; one may
 * have another size than the one before.
 */
export interface OpenForm {
  /** @throws Error where the plugin fails: the job cannot go on */
  run(frame: Pixels): Promise<FormOutput>;
  /** May be called twice. */
  close(): Promise<void>;
}

export interface FormOptions {
  /** Name of the tool. */
  readonly tool: string;
  readonly provider: Provider;
  readonly threads: number;
}
