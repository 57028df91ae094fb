import type { Box } from '../box.ts';
import { fromInput, type Letterbox } from '../letterbox.ts';
import type { Point } from '../oriented-box.ts';

/** A box in the canonical form: px of the frame; a score from 0 to 1, or none where the model gave none. */
export interface Detection extends Box {
  readonly label: string;
  readonly score?: number;
  readonly text?: string;
  /** Of a turned box its corners, in the order of the turn. */
  readonly keypoints?: Point[];
}

export type IssueCode =
  | 'inverted_box'
  | 'malformed'
  | 'missing_score'
  | 'not_finite'
  | 'out_of_bounds'
  | 'sentinel_score'
  | 'unknown_dialect'
  | 'unknown_label';

/** Something wrong in a raw output; `path` is a JSON path into its payload. */
export interface Issue {
  readonly code: IssueCode;
  readonly path: string;
  readonly message: string;
}

type Corners = readonly [x1: unknown, y1: unknown, x2: unknown, y2: unknown];

/** What a dialect found at one place of the payload: nothing is checked yet. Coordinates in px of the model's input. */
export interface Candidate {
  readonly path: string;
  readonly corners: Corners;
  readonly score: unknown;
  readonly label: string | undefined;
  /** The label as it was written, for the message when it is unknown. */
  readonly labelRaw: unknown;
  readonly text?: string;
  /** In px of the model's input, and finite where the corners are. */
  readonly keypoints?: readonly Point[];
}

export interface Normalised {
  readonly detections: readonly Detection[];
  readonly issues: readonly Issue[];
}

/** Half a pixel: coordinates are rounded somewhere on their way. */
const boundsTolerancePx = 0.5;

/** One candidate in the canonical form. A wrong value is reported and kept; only a box without a place is left out. */
export function checkCandidate(candidate: Candidate, letterbox: Letterbox): Normalised {
  const { path } = candidate;
  const corners = candidate.corners.filter(isNumber);
  const [x1, y1, x2, y2] = corners;
  if (x1 === undefined || y1 === undefined || x2 === undefined || y2 === undefined) {
    return { detections: [], issues: [{ code: 'not_finite', path, message: `a box of ${show(candidate.corners)}` }] };
  }
  const box = fromInput({ x1, y1, x2, y2 }, letterbox);
  const { score, issues: scoreIssues } = checkScore(candidate);
  const issues = [...checkBox(box, path, letterbox), ...scoreIssues, ...checkLabel(candidate)];
  const label = candidate.label ?? `class ${show(candidate.labelRaw)}`;
  const detection = { label, ...box, ...(score === undefined ? {} : { score }), ...extrasOf(candidate, letterbox) };
  return { detections: [detection], issues };
}

function extrasOf({ text, keypoints }: Candidate, letterbox: Letterbox): Pick<Detection, 'text' | 'keypoints'> {
  const points = keypoints?.map(({ x, y }) => {
    const { x1, y1 } = fromInput({ x1: x, y1: y, x2: x, y2: y }, letterbox);
    return { x: x1, y: y1 };
  });
  return { ...(text === undefined ? {} : { text }), ...(points === undefined ? {} : { keypoints: points }) };
}

function checkBox(box: Box, path: string, { frame }: Letterbox): readonly Issue[] {
  const shown = show([box.x1, box.y1, box.x2, box.y2]);
  const issues: Issue[] = [];
  if (box.x1 > box.x2 || box.y1 > box.y2) {
    issues.push({ code: 'inverted_box', path, message: `right or bottom lies before left or top: ${shown}` });
  }
  const low = Math.min(box.x1, box.y1, box.x2, box.y2);
  const beyondX = Math.max(box.x1, box.x2) - frame.width;
  const beyondY = Math.max(box.y1, box.y2) - frame.height;
  if (low < -boundsTolerancePx || Math.max(beyondX, beyondY) > boundsTolerancePx) {
    const message = `${shown} reaches out of the frame of ${frame.width} × ${frame.height} px`;
    issues.push({ code: 'out_of_bounds', path, message });
  }
  return issues;
}

function checkScore({ score, path }: Candidate): { readonly score?: number; readonly issues: readonly Issue[] } {
  if (score === undefined || score === null || score === '') {
    return { issues: [{ code: 'missing_score', path, message: 'the box has no score' }] };
  }
  if (!isNumber(score)) return { issues: [{ code: 'not_finite', path, message: `a score of ${show(score)}` }] };
  if (score < 0 || score > 1) {
    return { issues: [{ code: 'sentinel_score', path, message: `a score of ${score} is not within 0 to 1` }] };
  }
  return { score, issues: [] };
}

function checkLabel({ label, labelRaw, path }: Candidate): readonly Issue[] {
  if (label !== undefined) return [];
  return [{ code: 'unknown_label', path, message: `the manifest has no label for ${show(labelRaw)}` }];
}

const isNumber = (value: unknown): value is number => Number.isFinite(value);

const show = (value: unknown): string => JSON.stringify(value) ?? String(value);
