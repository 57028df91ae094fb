import type { Candidate } from '../candidate.ts';
import type { Dialect } from '../dialect.ts';
import { members, ofSome } from '../read/evidence.ts';
import { at, nth, unreadable } from '../read/fields.ts';
import { around } from '../read/geometry.ts';

export const mediapipePose: Dialect = {
  name: 'mediapipe-pose',
  of: 'MediaPipe pose landmarks',
  form: '`{pose_landmarks[{x, y, z, visibility}]}`, also as `landmarks`, or a list of such lists, one a person',
  source: 'https://github.com/roboflow/supervision/blob/develop/supervision/key_points/core.py',
  checked: 'verified',
  payload: 'json',
  geometry: 'key points, around which the box is',
  unit: 1,
  score: 'never',
  label: 'none',
  also: ['key points'],
  note: 'The visibility is the score of a key point. A detection of the manifest’s first label.',
  recognise: (payload) => ofSome(posesOf(payload)?.[0]?.[0], (mark) => members(mark, ['x', 'y', 'visibility'], ['z'])),
  read: (payload) => {
    const poses = posesOf(payload);
    if (poses === undefined) return unreadable('$.pose_landmarks', 'a list of landmarks has to be here');
    return { candidates: poses.flatMap(([marks, path]) => poseOf(marks, path)), issues: [] };
  },
};

type Pose = readonly [marks: readonly unknown[], path: string];

function posesOf(payload: unknown): readonly Pose[] | undefined {
  const name = at(payload, 'pose_landmarks') === undefined ? 'landmarks' : 'pose_landmarks';
  const found = at(payload, name);
  const marks = at(found, 'landmark') ?? found;
  if (!Array.isArray(marks)) return undefined;
  if (!Array.isArray(nth(marks, 0))) return [[marks, `$.${name}`]];
  return marks.map((pose: unknown, i) => [Array.isArray(pose) ? pose : [], `$.${name}[${i}]`]);
}

function poseOf(marks: readonly unknown[], path: string): readonly Candidate[] {
  if (marks.length === 0) return [];
  const keypoints = marks.map((mark) => ({ x: at(mark, 'x'), y: at(mark, 'y'), score: at(mark, 'visibility') }));
  return [{ path, corners: around(keypoints), label: undefined, labelRaw: undefined, keypoints }];
}
