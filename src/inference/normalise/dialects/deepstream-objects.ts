import { orNone } from '../candidate.ts';
import type { Dialect } from '../dialect.ts';
import { members as membersOf, ofSome } from '../read/evidence.ts';
import { at, readItems } from '../read/fields.ts';
import { members, xywh } from '../read/geometry.ts';
import { byNameElseNumber } from '../read/labels.ts';

/** 2^64 − 1, which JSON gives as the nearest double; or as a text, which keeps it. */
const untracked = [2 ** 64, '18446744073709551615'] as const;

export const deepstreamObjects: Dialect = {
  name: 'deepstream-objects',
  of: 'NVIDIA DeepStream, `NvDsObjectMeta` with its names kept',
  form: '`[{class_id, object_id, confidence, tracker_confidence?, rect_params{left, top, width, height}, obj_label}]`, also as `obj_meta_list` of `{frame_num}`',
  source: 'https://docs.nvidia.com/metropolis/deepstream/9.0/sdk-api/struct__NvDsObjectMeta.html',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, width, height',
  unit: 'frame px',
  score: 'always',
  label: 'name or number',
  also: ['track id', 'frame'],
  note: 'A confidence of −0.1 stands for none, an id of 2⁶⁴ − 1 for not tracked. px are those of the muxer’s frame.',
  recognise: (payload) =>
    ofSome(listOf(payload), (item) =>
      membersOf(item, ['rect_params.left', 'class_id'], ['object_id', 'obj_label', 'confidence']),
    ),
  read: (payload, { labels }) =>
    readItems(listOf(payload), Array.isArray(payload) ? '$' : '$.obj_meta_list', (item, path) => ({
      path,
      corners: xywh(members(item.rect_params, ['left', 'top', 'width', 'height'])),
      score: item.confidence,
      ...byNameElseNumber(item.obj_label, item.class_id, labels),
      track: orNone(item.object_id, ...untracked),
      frame: at(payload, 'frame_num'),
    })),
};

const listOf = (payload: unknown): unknown => at(payload, 'obj_meta_list') ?? payload;
