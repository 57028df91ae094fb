import { type ErrorCode, messageOf, SiltstoneError } from '../errors.ts';
import type { Frame, Media, VideoFileOptions } from './media/index.ts';
import type { OverlayOptions } from './overlay/draw.ts';
import type { Paced, PaceOptions } from './overlay/pace.ts';
import type { PitchFit } from './pitch/index.ts';
import type { TrackedDetection } from './tool-run.ts';

/** An error on its way between threads: its class would be lost. */
export interface PlainError {
  readonly code: ErrorCode | undefined;
  readonly message: string;
}

export const toPlain = (error: unknown): PlainError => ({
  code: error instanceof SiltstoneError ? error.code : undefined,
  message: messageOf(error),
});

export const fromPlain = ({ code, message }: PlainError): Error =>
  code === undefined ? new Error(message) : new SiltstoneError(code, message);

export interface ReadRequest {
  readonly path: string;
  readonly threads: number;
}

/** What the thread that decodes is told: to decode so many frames more, or to end. */
export type ReadOrder = { readonly type: 'more'; readonly count: number } | { readonly type: 'close' };

/** Times in ms, `startedAtMs` since 1970. */
export type ReadMessage =
  | { readonly type: 'opened'; readonly media: Omit<Media, 'frames' | 'close'> }
  | { readonly type: 'frame'; readonly frame: Frame; readonly startedAtMs: number; readonly decodeMs: number }
  | { readonly type: 'end' }
  | { readonly type: 'failed'; readonly error: PlainError };

export interface DrawRequest {
  /** Where an annotated video is asked for. */
  readonly video: VideoFileOptions | undefined;
  /** Where an annotated picture is asked for: of which frame. */
  readonly still: { readonly frame: number; readonly path: string; readonly jobId: string } | undefined;
  readonly overlay: OverlayOptions;
  readonly pace: PaceOptions;
}

export interface FoundInFrame {
  readonly frame: Frame;
  readonly detections: readonly TrackedDetection[];
  /** Absent where the tool does not look for it. */
  readonly pitch: PitchFit | undefined;
}

export type DrawOrder =
  | { readonly type: 'draw'; readonly found: FoundInFrame }
  | { readonly type: 'finish' }
  | { readonly type: 'close' };

/** What is in its place already. */
export interface SavedFiles {
  readonly stillPath?: string;
  readonly videoPath?: string;
}

/** Each order but `close` is answered, in its turn; the opening is answered like one. Times in ms. */
export type DrawMessage =
  | { readonly type: 'opened' }
  | {
      readonly type: 'drawn';
      /** Whether it was drawn after all, and why not. */
      readonly paced: Paced;
      /** Since 1970. */
      readonly startedAtMs: number;
      /** 0 where it was not drawn. */
      readonly renderMs: number;
      /** Absent where nothing went into a video. */
      readonly encodeMs?: number;
      /** Of the last frames that were drawn. */
      readonly framesPerSecond: number;
      readonly files: SavedFiles;
    }
  | { readonly type: 'finished'; readonly files: SavedFiles }
  | { readonly type: 'failed'; readonly error: PlainError };

/** What of the pixels can be handed over to another thread without a copy: all, where they have their memory for themselves. */
export function memoryOf({ buffer, byteLength }: Uint8Array): readonly ArrayBuffer[] {
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [];
}
