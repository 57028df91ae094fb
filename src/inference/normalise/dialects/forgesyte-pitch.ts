import type { CandidateKeypoint } from '../candidate.ts';
import type { Dialect } from '../dialect.ts';
import { members, ofSome } from '../read/evidence.ts';
import { at, nth, unreadable } from '../read/fields.ts';
import { around, pairs } from '../read/geometry.ts';

export const forgesytePitch: Dialect = {
  name: 'forgesyte-pitch',
  of: 'forgesyte’s pitch detection',
  form: '`{keypoints[{xy[x, y], confidence, name}], pitch_polygon?, homography?}` or `{keypoints_xy[[x, y]], keypoints_conf[]}`',
  source: 'https://github.com/rogermt/forgesyte-plugins',
  checked: 'verified',
  payload: 'json',
  geometry: 'key points, around which the box is',
  unit: 'frame px',
  score: 'never',
  label: 'none',
  also: ['key points'],
  note: 'One detection of the manifest’s first label, the pitch. Points of the radar (`radar_points`) lie in no frame and are left out.',
  recognise: (payload) => {
    const named = ofSome(at(payload, 'keypoints'), (point) => members(point, ['xy'], ['confidence', 'name']));
    return named.length > 0
      ? named
      : members(payload, ['keypoints_xy:rows'], ['keypoints_conf', 'pitch_polygon', 'homography']);
  },
  read: (payload) => {
    const keypoints = pointsOf(payload);
    if (keypoints === undefined) return unreadable('$', 'neither keypoints nor keypoints_xy is a list of points');
    if (keypoints.length === 0) return { candidates: [], issues: [] };
    const one = { path: '$', corners: around(keypoints), label: undefined, labelRaw: undefined, keypoints };
    return { candidates: [one], issues: [] };
  },
};

function pointsOf(payload: unknown): readonly CandidateKeypoint[] | undefined {
  const named = at(payload, 'keypoints');
  if (Array.isArray(named)) {
    return named.map((point: unknown) => ({
      x: nth(at(point, 'xy'), 0),
      y: nth(at(point, 'xy'), 1),
      score: at(point, 'confidence'),
      label: at(point, 'name'),
    }));
  }
  const scores = at(payload, 'keypoints_conf');
  return pairs(at(payload, 'keypoints_xy'))?.map((point, i) => ({ ...point, score: nth(scores, i) }));
}
