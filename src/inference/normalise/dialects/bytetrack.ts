import type { Dialect } from '../dialect.ts';
import { members, ofSome } from '../read/evidence.ts';
import { readItems } from '../read/fields.ts';
import { four, xywh } from '../read/geometry.ts';

export const bytetrack: Dialect = {
  name: 'bytetrack',
  of: 'the tracker ByteTrack, its `STrack` with names kept',
  form: '`[{tlwh[left, top, width, height], track_id, score}]`',
  source: 'https://github.com/ifzhang/ByteTrack/blob/main/yolox/tracker/byte_tracker.py',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, width, height',
  unit: 'frame px',
  score: 'always',
  label: 'none',
  also: ['track id'],
  recognise: (payload) => ofSome(payload, (item) => members(item, ['tlwh:four', 'track_id'], ['score'])),
  read: (payload) =>
    readItems(payload, '$', (item, path) => ({
      path,
      corners: xywh(four(item.tlwh)),
      score: item.score,
      label: undefined,
      labelRaw: undefined,
      track: item.track_id,
    })),
};
