import { type ErrorCode, messageOf, SiltstoneError } from '../errors.ts';
import type { Frame, Media, TimedPixels, VideoFileOptions } from './media/index.ts';

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

export type ReadMessage =
  | { readonly type: 'opened'; readonly media: Omit<Media, 'frames' | 'close'> }
  | { readonly type: 'frame'; readonly frame: Frame; readonly decodeMs: number }
  | { readonly type: 'end' }
  | { readonly type: 'failed'; readonly error: PlainError };

export type WriteRequest = VideoFileOptions;

export type WriteOrder =
  | { readonly type: 'add'; readonly frame: TimedPixels }
  | { readonly type: 'finish' }
  | { readonly type: 'close' };

/** Each order but `close` is answered, in its turn; the opening is answered like one. */
export type WriteMessage =
  | { readonly type: 'done'; readonly encodeMs: number }
  | { readonly type: 'failed'; readonly error: PlainError };
