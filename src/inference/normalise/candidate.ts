import type { Box } from '../box.ts';

/** A box in the canonical form: px of the frame; a score from 0 to 1, or none where the model gave none. */
export interface Detection extends Box {
  readonly label: string;
  readonly score?: number;
  readonly track_id?: number;
  readonly text?: string;
  readonly keypoints?: Keypoint[];
  /** The frame that an output of many frames names, from 0. */
  readonly frame_index?: number;
}

/** In px of the frame; of a turned box its corners, in the order of the turn. A type: only so it counts as JSON. */
export type Keypoint = { readonly x: number; readonly y: number; readonly score?: number; readonly label?: string };

/**
 * What a dialect counts in: px of the model's input (the letterbox is undone), px of the frame, a share of the frame's sides
 * (the number is the whole side: 1 for ratios, 100 for percents, 1000, …), or px and ratios, which the output does not say:
 * ratios where every coordinate is at most 1 and one is no whole number.
 */
export type Unit = 'input px' | 'frame px' | 'px or ratio' | number;

/** Left, top, right, bottom, as they stand there. */
export type Corners = readonly [x1: unknown, y1: unknown, x2: unknown, y2: unknown];

export interface CandidateKeypoint {
  readonly x: unknown;
  readonly y: unknown;
  readonly score?: unknown;
  readonly label?: unknown;
}

/** What a dialect found at one place of the payload: nothing is checked yet. */
export interface Candidate {
  /** JSON path of the place, or `line 3` of a text. */
  readonly path: string;
  /** `whole` for what is said of the whole frame; undefined where no box stands where one has to. */
  readonly corners: Corners | 'whole' | undefined;
  readonly score?: unknown;
  readonly label: string | undefined;
  /** The label as it was written, for the message where it is unknown; undefined where none was. */
  readonly labelRaw: unknown;
  readonly track?: unknown;
  readonly text?: unknown;
  readonly keypoints?: readonly CandidateKeypoint[] | undefined;
  /** The image or frame that the output names, where one output holds several. */
  readonly frame?: unknown;
  /** Where it is another than the dialect's. */
  readonly unit?: Unit;
  /** Where key points are in another unit than the box. */
  readonly keypointUnit?: Unit;
}

/** A value that its dialect documents as standing for “none”. */
export interface Sentinel {
  readonly sentinel: unknown;
}

/** The value, or a mark that it is one of those that stand for “none”. */
export function orNone(value: unknown, ...sentinels: readonly unknown[]): unknown {
  return sentinels.includes(value) ? ({ sentinel: value } satisfies Sentinel) : value;
}
