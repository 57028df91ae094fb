import type { Candidate } from '../candidate.ts';
import type { Dialect } from '../dialect.ts';
import { members as membersOf, ofSome } from '../read/evidence.ts';
import { at, type Fields, isFields, readItems } from '../read/fields.ts';
import { members, xyxy } from '../read/geometry.ts';
import { byName } from '../read/labels.ts';

export const deepstreamMessage: Dialect = {
  name: 'deepstream-message',
  of: 'NVIDIA DeepStream `nvmsgconv`, full schema: one object a message',
  form: '`{messageid, @timestamp, sensor, object{id, bbox{topleftx, toplefty, bottomrightx, bottomrighty}, CLASS{confidence, …}}, …}`, or a list of such',
  source:
    'https://github.com/NVIDIA/DeepStream/blob/main/src/apps/reference_apps/legacy_apps/deepstream-retail-analytics/nvmsgconv/deepstream_schema/dsmeta_payload.cpp',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, right, bottom',
  unit: 'frame px',
  score: 'optional',
  label: 'name',
  also: ['track id'],
  note: 'The class is the name of a member of `object`, the only object there that is nothing else.',
  recognise: (payload) =>
    ofSome(listOf(payload), (item) => membersOf(item, ['object.bbox.topleftx'], ['object.id', 'messageid', 'sensor'])),
  read: (payload) =>
    readItems(listOf(payload), '$', (message, path): Candidate => {
      const object = isFields(message.object) ? message.object : {};
      const name = classOf(object);
      return {
        path: Array.isArray(payload) ? `${path}.object` : '$.object',
        corners: xyxy(members(object.bbox, ['topleftx', 'toplefty', 'bottomrightx', 'bottomrighty'])),
        score: name === undefined ? undefined : at(object[name], 'confidence'),
        ...byName(name),
        track: object.id,
      };
    }),
};

const listOf = (payload: unknown): unknown => (Array.isArray(payload) ? payload : [payload]);

/** What an object has besides its class. */
const others: ReadonlySet<string> = new Set([
  ...['bbox', 'bbox3d', 'location', 'coordinate', 'pose', 'embedding', 'segmentation', 'gaze'],
]);

const classOf = (object: Fields): string | undefined =>
  Object.keys(object).find((name) => !others.has(name) && isFields(object[name]));
