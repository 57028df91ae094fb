import type { Letterbox } from '../letterbox.ts';
import { type Candidate, checkCandidate, type Issue, type Normalised } from './candidate.ts';
import { readClassScore } from './dialects/class-score.ts';
import { readTextScore } from './dialects/text-score.ts';
import { readXywhrScoreClass } from './dialects/xywhr-score-class.ts';
import { readXyxyScoreClass } from './dialects/xyxy-score-class.ts';
import { readXyxyScoreClassText } from './dialects/xyxy-score-class-text.ts';

export type { Detection, Issue, IssueCode, Normalised } from './candidate.ts';

/** What a dialect reads from a payload; where a thing has no place in the form, an issue. */
export interface DialectReading {
  readonly candidates: readonly Candidate[];
  readonly issues: readonly Issue[];
}

/** @param whole the box of the whole frame, for what a model says of all of it */
type Dialect = (payload: unknown, labels: readonly string[], whole: Candidate['corners']) => DialectReading;

const dialects = new Map<string, Dialect>([
  ['xyxy-score-class', readXyxyScoreClass],
  ['xywhr-score-class', readXywhrScoreClass],
  ['class-score', readClassScore],
  ['text-score', readTextScore],
  ['xyxy-score-class-text', readXyxyScoreClassText],
]);

export const dialectNames: readonly string[] = [...dialects.keys()];

/** One raw output of a model, with all that is needed to read it again later. */
export interface RawOutput {
  readonly dialect: string;
  readonly payload: unknown;
  readonly labels: readonly string[];
  readonly letterbox: Letterbox;
}

/** The only way from raw output to detections. It never throws: what is wrong becomes an issue. */
export function normalise({ dialect, payload, labels, letterbox }: RawOutput): Normalised {
  const read = dialects.get(dialect);
  if (read === undefined) {
    const message = `there is no dialect ${dialect}; there are: ${dialectNames.join(', ')}`;
    return { detections: [], issues: [{ code: 'unknown_dialect', path: '$', message }] };
  }
  const { candidates, issues } = read(payload, labels, wholeFrame(letterbox));
  const checked = candidates.map((candidate) => checkCandidate(candidate, letterbox));
  return {
    detections: checked.flatMap((one) => one.detections),
    issues: [...issues, ...checked.flatMap((one) => one.issues)],
  };
}

function wholeFrame({ frame, scale, scaleY, left, top }: Letterbox): Candidate['corners'] {
  return [left, top, left + frame.width * scale, top + frame.height * scaleY];
}
