import type { Letterbox, Size } from '../letterbox.ts';
import type { Candidate, Unit } from './candidate.ts';
import { type Check, checkCandidate } from './check.ts';
import type { Dialect } from './dialect.ts';
import type { Issue } from './issues.ts';
import { type Normalised, refused } from './normalised.ts';
import { areRatios, type Place, placeOf } from './place.ts';

interface Given {
  readonly labels: readonly string[];
  readonly letterbox: Letterbox;
}

/** What a dialect reads from a payload, each candidate checked and in px of the frame. */
export function checked(dialect: Dialect, payload: unknown, { labels, letterbox: given }: Given): Normalised {
  const { candidates, issues: found, paddingCount = 0, size } = dialect.read(payload, { labels });
  // What nobody knows of the frame, the output may say itself.
  const letterbox = Number.isNaN(given.frame.width) && size !== undefined ? { ...given, frame: size } : given;
  const { frame } = letterbox;
  const isRatio = areRatios(candidates, dialect.unit);
  if (Number.isNaN(frame.width) && candidates.some((one) => needsSize(one, dialect.unit, isRatio))) {
    return refused('size_unknown', `${dialect.name} counts in shares of the frame, and its size is not known`);
  }
  const issues = [...found, ...sizeIssues(size, frame), ...unitIssues(dialect.unit, isRatio)];
  const check: Check = {
    dialect,
    labels,
    frame,
    placeOf: placesOf(dialect.unit, isRatio, letterbox),
    detections: [],
    candidates: [],
    issues,
  };
  for (const candidate of candidates) checkCandidate(candidate, check);
  return {
    detections: check.detections,
    candidates: check.candidates,
    issues,
    ...(dialect.unit === 'px or ratio' && candidates.length > 0 && { unitsInferred: isRatio ? 'ratio' : 'px' }),
    ...(paddingCount > 0 && { paddingCount }),
  };
}

/** A share of the frame, or all of it. */
const needsSize = ({ unit, corners }: Candidate, dialectUnit: Unit, isRatio: boolean): boolean =>
  corners === 'whole' || isShare(unit ?? dialectUnit, isRatio);

const isShare = (unit: Unit, isRatio: boolean): boolean =>
  typeof unit === 'number' || (unit === 'px or ratio' && isRatio);

/** Where candidates lie, by their unit: made once for each. */
function placesOf(unit: Unit, isRatio: boolean, letterbox: Letterbox): (unit: Candidate['unit']) => Place {
  const known = new Map<Unit, Place>();
  return (own = unit) => {
    const found = known.get(own);
    if (found !== undefined) return found;
    const settled = own === 'px or ratio' ? (isRatio ? 1 : 'frame px') : own;
    const place = placeOf(settled, letterbox);
    known.set(own, place);
    return place;
  };
}

function sizeIssues(size: Size | undefined, frame: Size): readonly Issue[] {
  if (size === undefined || Number.isNaN(frame.width)) return [];
  if (size.width === frame.width && size.height === frame.height) return [];
  const message = `the output is of an image of ${size.width} × ${size.height} px, the frame has ${frame.width} × ${frame.height}`;
  return [{ code: 'other_size', path: '$', message }];
}

function unitIssues(unit: Unit, isRatio: boolean): readonly Issue[] {
  if (!isRatio || (unit !== 'frame px' && unit !== 'input px')) return [];
  return [
    { code: 'units_doubtful', path: '$', message: 'every box lies within one px: are these shares of the frame?' },
  ];
}
