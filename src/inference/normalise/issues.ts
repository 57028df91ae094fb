/** Everything that can be wrong in a raw output, with what becomes of it. A code is never reused for something else. */
export const issueTable = {
  ambiguous_dialect:
    'more than one dialect fits, and they read it differently: nothing is read; the message names them',
  bad_track_id: 'the track id is no whole number that can be kept exactly: it is left out',
  boxes_disagree: 'the output gives the box in two ways, and they say two places: the first of them is kept',
  inverted_box: 'right or bottom lies before left or top: the box is kept as it is',
  malformed: 'something is not there, or not of the dialect’s form: what cannot be placed is left out',
  missing_label: 'the dialect names classes, and here is no name: the box is kept',
  missing_score: 'the dialect gives scores, and here is none: the box is kept without one',
  needs_decoder: 'the output is tensors whose names do not say what they hold: nothing is read',
  not_finite: 'a number that is none (NaN, infinite, null): a score is left out, a box has no place and is left out',
  out_of_bounds: 'the box reaches out of the frame: it is kept unclipped',
  other_size: 'the output speaks of an image of another size than the frame: px are kept as they are',
  score_out_of_range: 'the score is above what the dialect’s scale allows: it is left out',
  sentinel_score: 'a value that stands for “no score”: it is left out',
  sentinel_track_id: 'a value that stands for “not tracked”: it is left out',
  several_frames: 'the output holds boxes of several images, and a job’s output is of one frame: all are kept',
  size_unknown: 'the output counts in shares of a frame whose size is not known: nothing is read',
  units_doubtful: 'the dialect counts px, and every box lies within one px: they look like shares of the frame',
  unknown_dialect: 'no dialect fits, or there is none of that name: nothing is read',
  unknown_label: 'the class is none that the manifest knows: the box is kept with the number as its label',
  wrong_dialect: 'the output is not in the declared dialect, but looks like another: nothing is read',
} as const satisfies Record<string, string>;

export type IssueCode = keyof typeof issueTable;

/** Something wrong in a raw output; `path` is a JSON path into its payload. */
export interface Issue {
  readonly code: IssueCode;
  readonly path: string;
  readonly message: string;
}

const shownMax = 200;

/** A value as it stands in a message: cut where it is long, and never an error of its own. */
export function shown(value: unknown): string {
  const text = textOf(value);
  return text.length > shownMax ? `${text.slice(0, shownMax)}…` : text;
}

function textOf(value: unknown): string {
  if (typeof value === 'number') return String(value);
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    // What JSON cannot hold, or what is nested too deeply, is told by its type alone.
    return typeof value;
  }
}
