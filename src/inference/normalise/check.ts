import type { Size } from '../letterbox.ts';
import type { Candidate, CandidateKeypoint, Corners, Detection, Keypoint, Sentinel } from './candidate.ts';
import type { Dialect } from './dialect.ts';
import { type Issue, type IssueCode, shown } from './issues.ts';
import type { Place } from './place.ts';

/** What candidates of one payload are checked by, and where what comes out of them goes. */
export interface Check {
  readonly dialect: Dialect;
  readonly labels: readonly string[];
  readonly frame: Size;
  readonly placeOf: (unit: Candidate['unit']) => Place;
  readonly detections: Detection[];
  /** What each detection was made of. */
  readonly candidates: Candidate[];
  readonly issues: Issue[];
}

/** Half a pixel: coordinates are rounded somewhere on their way. */
const boundsTolerancePx = 0.5;

/** One candidate in the canonical form. A wrong value is reported and kept; only a box without a place is left out. */
export function checkCandidate(candidate: Candidate, check: Check): void {
  const { path, corners } = candidate;
  const box = corners === 'whole' ? wholeOf(check.frame) : placed(corners, check.placeOf(candidate.unit));
  if (box === undefined) {
    check.issues.push(noPlace(path, corners));
    return;
  }
  if (corners !== 'whole') checkBounds(box, path, check);
  const detection: { -readonly [K in keyof Detection]: Detection[K] } = { label: labelOf(candidate, check), ...box };
  const score = scoreOf(candidate, check);
  if (score !== undefined) detection.score = score;
  const track = trackOf(candidate, check);
  if (track !== undefined) detection.track_id = track;
  if (typeof candidate.text === 'string') detection.text = candidate.text;
  if (candidate.keypoints !== undefined) detection.keypoints = keypointsOf(candidate, candidate.keypoints, check);
  if (isWhole(candidate.frame)) detection.frame_index = candidate.frame;
  check.detections.push(detection);
  check.candidates.push(candidate);
}

type Corner = 'x1' | 'y1' | 'x2' | 'y2';
type PlacedBox = Record<Corner, number>;

const wholeOf = ({ width, height }: Size): PlacedBox => ({ x1: 0, y1: 0, x2: width, y2: height });

function placed(corners: Corners | undefined, place: Place): PlacedBox | undefined {
  if (corners === undefined) return undefined;
  const [x1, y1, x2, y2] = corners;
  if (!isNumber(x1) || !isNumber(y1) || !isNumber(x2) || !isNumber(y2)) return undefined;
  const { scaleX, scaleY, shiftX, shiftY } = place;
  const box = {
    x1: x1 * scaleX + shiftX,
    y1: y1 * scaleY + shiftY,
    x2: x2 * scaleX + shiftX,
    y2: y2 * scaleY + shiftY,
  };
  // The largest double, scaled, is none any more.
  return isNumber(box.x1) && isNumber(box.y1) && isNumber(box.x2) && isNumber(box.y2) ? box : undefined;
}

function noPlace(path: string, corners: Candidate['corners']): Issue {
  if (corners === undefined) return { code: 'malformed', path, message: 'no box where one has to be' };
  const odd = corners === 'whole' ? [] : corners.filter((value) => !isNumber(value));
  const code = odd.every(isNoNumber) ? 'not_finite' : 'malformed';
  return { code, path, message: `a box of ${shown(corners)}` };
}

/** What writers put where a number was NaN or infinite. */
function isNoNumber(value: unknown): boolean {
  return (
    value === null ||
    typeof value === 'number' ||
    (typeof value === 'string' && /^[+-]?(nan|inf(inity)?)$/i.test(value))
  );
}

function checkBounds(box: PlacedBox, path: string, { frame, issues }: Check): void {
  const { x1, y1, x2, y2 } = box;
  if (x1 > x2 || y1 > y2) {
    const message = `right or bottom lies before left or top: ${shown([x1, y1, x2, y2])}`;
    issues.push({ code: 'inverted_box', path, message });
  }
  const low = Math.min(x1, y1, x2, y2);
  const beyond = Math.max(x1 - frame.width, x2 - frame.width, y1 - frame.height, y2 - frame.height);
  if (low < -boundsTolerancePx || beyond > boundsTolerancePx) {
    const message = `${shown([x1, y1, x2, y2])} reaches out of the frame of ${frame.width} × ${frame.height} px`;
    issues.push({ code: 'out_of_bounds', path, message });
  }
}

function labelOf({ label, labelRaw, path }: Candidate, { dialect, labels, issues }: Check): string {
  if (label !== undefined) return label;
  if (dialect.label === 'none') return labels[0] ?? 'object';
  if (labelRaw === undefined || labelRaw === null || labelRaw === '') {
    issues.push({ code: 'missing_label', path, message: 'the box has no label' });
    return 'unknown';
  }
  const message = `the manifest has no label for ${shown(labelRaw)}`;
  issues.push({ code: 'unknown_label', path, message });
  return `class ${shown(labelRaw)}`;
}

function scoreOf({ score, path }: Candidate, { dialect, issues }: Check): number | undefined {
  const report = (code: IssueCode, message: string) => void issues.push({ code, path, message });
  if (score === undefined || score === null) {
    if (dialect.score === 'always') report('missing_score', 'the box has no score');
    return undefined;
  }
  if (isSentinel(score)) return report('sentinel_score', `a score of ${shown(score.sentinel)} stands for none`);
  if (score === '') return report('sentinel_score', 'an empty score stands for none');
  if (!isNumber(score)) {
    return report(isNoNumber(score) ? 'not_finite' : 'malformed', `a score of ${shown(score)}`);
  }
  const full = dialect.scoreFull ?? 1;
  if (score < 0) return report('sentinel_score', `a score of ${score} stands for none`);
  if (score > full) return report('score_out_of_range', `a score of ${score} is not within 0 to ${full}`);
  return full === 1 ? score : score / full;
}

function trackOf({ track, path }: Candidate, { issues }: Check): number | undefined {
  if (track === undefined || track === null) return undefined;
  const id = typeof track === 'string' && /^\d{1,15}$/.test(track) ? Number(track) : track;
  if (isWhole(id)) return id;
  if (isSentinel(id) || id === '' || id === -1) {
    const raw = isSentinel(id) ? id.sentinel : id;
    issues.push({ code: 'sentinel_track_id', path, message: `a track id of ${shown(raw)} stands for none` });
  } else {
    issues.push({ code: 'bad_track_id', path, message: `a track id of ${shown(track)} is no whole number` });
  }
  return undefined;
}

function keypointsOf(
  { path, unit, keypointUnit }: Candidate,
  points: readonly CandidateKeypoint[],
  { placeOf, issues }: Check,
): Keypoint[] {
  const { scaleX, scaleY, shiftX, shiftY } = placeOf(keypointUnit ?? unit);
  const kept: Keypoint[] = [];
  for (const { x, y, score, label } of points) {
    const at = isNumber(x) && isNumber(y) ? { x: x * scaleX + shiftX, y: y * scaleY + shiftY } : undefined;
    if (at === undefined || !isNumber(at.x) || !isNumber(at.y)) {
      issues.push({ code: 'not_finite', path, message: `a key point of ${shown([x, y])}` });
      continue;
    }
    const said = {
      ...(isNumber(score) && { score }),
      ...(typeof label === 'string' && label !== '' && { label }),
    };
    kept.push({ ...at, ...said });
  }
  return kept;
}

const isNumber = (value: unknown): value is number => Number.isFinite(value);

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const isSentinel = (value: unknown): value is Sentinel =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, 'sentinel');
