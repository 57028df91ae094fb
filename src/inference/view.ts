import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type ErrorCode, SiltstoneError } from '../errors.ts';
import { lastOutput } from './child-output.ts';
import type { DrawnBox } from './overlay/boxes.ts';
import type { LayerToggles } from './overlay/layers.ts';
import type { PitchFit } from './pitch/index.ts';
import { killGroup } from './process-tree.ts';

/** One frame of an input with what was found in it. */
export interface FrameView {
  /** A picture, a video or a folder of pictures. */
  readonly path: string;
  readonly frame: number;
  readonly format: 'png' | 'jpg';
  readonly layers: LayerToggles;
  readonly pitch: PitchFit | undefined;
  /** By frame: of this one, and of those before it that leave trails. */
  readonly boxes: readonly (readonly [frame: number, boxes: readonly DrawnBox[]])[];
}

export type ViewRequest =
  | { readonly type: 'look'; readonly paths: readonly string[]; readonly pixelsMax: number }
  | ({ readonly type: 'draw'; readonly pixelsMax: number } & FrameView);

export type ViewAnswer =
  | { readonly type: 'looked' }
  | { readonly type: 'drawn'; readonly picture: Uint8Array }
  | { readonly type: 'failed'; readonly code: ErrorCode; readonly message: string };

interface ViewLimits {
  /** A frame with more is refused. */
  readonly pixelsMax: number;
  readonly timeoutMs: number;
}

const childPath = fileURLToPath(new URL('../../dist/inference/view-process.js', import.meta.url));

/**
 * Opens files as pictures or videos, as far as to know the size of their frames, and decodes the first frame of one that is
 * alone; in a process of its own, so that whatever they hold harms nobody else.
 * @throws SiltstoneError `media_unreadable`, `too_large`, `codec_missing`
 */
export async function lookAtMedia(paths: readonly string[], { pixelsMax, timeoutMs }: ViewLimits): Promise<void> {
  await view({ type: 'look', paths, pixelsMax }, timeoutMs);
}

/**
 * Draws a frame, in a process of its own. A video is decoded up to it.
 * @throws SiltstoneError `not_found` where the input is shorter, `media_unreadable`, `too_large`
 */
export async function drawFrame(frame: FrameView, { pixelsMax, timeoutMs }: ViewLimits): Promise<Uint8Array> {
  const answer = await view({ type: 'draw', pixelsMax, ...frame }, timeoutMs);
  if (answer.type === 'drawn') return answer.picture;
  throw new SiltstoneError('media_unreadable', `draw a frame: ${answer.type}`);
}

async function view(request: ViewRequest, timeoutMs: number): Promise<ViewAnswer> {
  const child = fork(childPath, {
    detached: process.platform !== 'win32',
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
  });
  const output = lastOutput(child.stderr);
  const end = () => child.pid !== undefined && killGroup(child.pid);
  let answer: ViewAnswer | undefined;
  let isLate = false;
  child.once('message', (message) => {
    answer = message as ViewAnswer;
    // A decoder may hold the process up that has said all it has to say.
    end();
  });
  const timer = setTimeout(() => {
    isLate = true;
    end();
  }, timeoutMs);
  // That it ended before it was told is seen by its end.
  child.send(request, () => {});
  const [code, signal] = await once(child, 'close');
  clearTimeout(timer);
  if (answer?.type === 'failed') throw new SiltstoneError(answer.code, answer.message);
  if (answer !== undefined) return answer;
  if (isLate) throw new SiltstoneError('view_timeout', `it took longer than ${timeoutMs} ms to decode`);
  const reason = `the decoder ${signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`}`;
  throw new SiltstoneError('media_unreadable', [reason, output()].filter(Boolean).join(': '));
}
