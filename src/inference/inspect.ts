import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type ErrorCode, SiltstoneError } from '../errors.ts';
import { lastOutput } from './child-output.ts';
import type { Detection, Issue } from './normalise/index.ts';
import type { ModelShape } from './runtime.ts';

export type InspectRequest =
  | { readonly type: 'describe'; readonly modelPath: string }
  | { readonly type: 'check'; readonly folder: string };

/** What a plugin made of one black frame. */
export interface PluginCheck {
  readonly tool: string;
  /** The decoder and the outputs of the model that it reads, or the form of a plugin without a model. */
  readonly reads: string;
  /** Size of the frame in px. */
  readonly width: number;
  readonly height: number;
  readonly detections: readonly Detection[];
  readonly issues: readonly Issue[];
  readonly durationMs: number;
}

export type InspectAnswer =
  | { readonly type: 'described'; readonly shape: ModelShape }
  | ({ readonly type: 'checked' } & PluginCheck)
  | { readonly type: 'failed'; readonly code: ErrorCode; readonly message: string };

const childPath = fileURLToPath(new URL('../../dist/inference/inspect-process.js', import.meta.url));
/** A large model takes some seconds to open; a command that never answers must not hang the one who asks. */
const inspectWaitMs = 60_000;

/**
 * The inputs and outputs of a model, read in a process of its own.
 * @throws SiltstoneError `plugin_broken`
 */
export async function describeModel(modelPath: string): Promise<ModelShape> {
  const answer = await inspect({ type: 'describe', modelPath });
  if (answer.type === 'described') return answer.shape;
  throw new SiltstoneError('plugin_broken', `read ${modelPath}: ${answer.type}`);
}

/**
 * Runs a plugin once on a black frame, in a process of its own.
 * @throws SiltstoneError `plugin_broken`
 */
export async function checkPlugin(folder: string): Promise<PluginCheck> {
  const answer = await inspect({ type: 'check', folder });
  if (answer.type === 'checked') return answer;
  throw new SiltstoneError('plugin_broken', `check ${folder}: ${answer.type}`);
}

async function inspect(request: InspectRequest): Promise<InspectAnswer> {
  const child = fork(childPath, [JSON.stringify(request)], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
  });
  const output = lastOutput(child.stderr);
  let answer: InspectAnswer | undefined;
  child.once('message', (message) => {
    answer = message as InspectAnswer;
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), inspectWaitMs);
  const [code, signal] = await once(child, 'close');
  clearTimeout(timer);
  if (answer?.type === 'failed') throw new SiltstoneError(answer.code, answer.message);
  if (answer !== undefined) return answer;
  const reason = `the process of the check ${signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`}`;
  throw new SiltstoneError('plugin_broken', [reason, output()].filter(Boolean).join(': '));
}
