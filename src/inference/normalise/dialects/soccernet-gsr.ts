import type { Candidate } from '../candidate.ts';
import type { Dialect } from '../dialect.ts';
import { members as membersOf, ofSome } from '../read/evidence.ts';
import { at, type Fields, readItems } from '../read/fields.ts';
import { four, members, xywh } from '../read/geometry.ts';
import { byName } from '../read/labels.ts';

export const soccernetGsr: Dialect = {
  name: 'soccernet-gsr',
  of: 'SoccerNet game state reconstruction, SoccerTrack v2',
  form: '`{predictions[{image_id, track_id, bbox_image{x, y, w, h}, bbox_pitch, confidence?, attributes{role, jersey, team}}]}`, or `annotations`, or the list; SoccerTrack has `bbox_image[x, y, w, h]`, `role`, `jersey_number`, `team_side`',
  source: 'https://github.com/SoccerNet/sn-gamestate/blob/main/ChallengeRules.md',
  checked: 'unverified: `bbox_image` in predictions, which the rules do not ask for, and the digits of an image’s id',
  payload: 'json',
  geometry: 'left, top, width, height',
  unit: 'frame px',
  score: 'optional',
  label: 'name',
  also: ['track id', 'text', 'frame'],
  note: 'The label is the role, the text the number on the jersey; team and metres on the pitch are not kept. The last six digits of an image’s id are its frame, from 1. What is said of the pitch and the camera is left out.',
  recognise: (payload) =>
    ofSome(listOf(payload)[0], (item) =>
      membersOf(item, ['bbox_image', 'track_id'], ['bbox_pitch', 'attributes', 'role']),
    ),
  read: (payload) => {
    const [list, path] = listOf(payload);
    return readItems(list, path, (item, place) => {
      if (item.supercategory !== undefined && item.supercategory !== 'object') return undefined;
      return readObject(item, place);
    });
  },
};

function listOf(payload: unknown): readonly [list: unknown, path: string] {
  if (Array.isArray(payload)) return [payload, '$'];
  const name = at(payload, 'predictions') === undefined ? 'annotations' : 'predictions';
  return [at(payload, name), `$.${name}`];
}

const readObject = (item: Fields, path: string): Candidate => ({
  path,
  corners: xywh(four(item.bbox_image) ?? members(item.bbox_image, ['x', 'y', 'w', 'h'])),
  score: item.confidence,
  ...byName(at(item.attributes, 'role') ?? item.role),
  text: textOf(at(item.attributes, 'jersey') ?? item.jersey_number),
  track: item.track_id,
  frame: frameOf(item.image_id),
});

/** A number on a jersey may be written as a number; one that could not be read is null or an empty text. */
function textOf(jersey: unknown): string | undefined {
  if (typeof jersey === 'number') return String(jersey);
  return typeof jersey === 'string' && jersey !== '' ? jersey : undefined;
}

function frameOf(image: unknown): unknown {
  const digits = /^\d+(\d{6})$/.exec(String(image))?.[1];
  return digits === undefined ? image : Number(digits) - 1;
}
