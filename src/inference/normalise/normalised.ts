import type { Candidate, Detection } from './candidate.ts';
import type { Issue, IssueCode } from './issues.ts';

export interface Normalised {
  readonly detections: readonly Detection[];
  /** What each detection was made of, in the detections' order. */
  readonly candidates: readonly Candidate[];
  readonly issues: readonly Issue[];
  /** Where the dialect does not say its unit and the values had to: what they said. */
  readonly unitsInferred?: 'px' | 'ratio';
  /** What an output that nobody declared is in; absent where no dialect fits, or several do and read it differently. */
  readonly dialect?: string;
  /** Rows that only filled the output up. */
  readonly paddingCount?: number;
}

/** An output of which nothing is read. */
export const refused = (code: IssueCode, message: string): Normalised => ({
  detections: [],
  candidates: [],
  issues: [{ code, path: '$', message }],
});
