import type { Dialect } from '../dialect.ts';
import { members as membersOf, ofSome } from '../read/evidence.ts';
import { at, readItems } from '../read/fields.ts';
import { centred, members } from '../read/geometry.ts';
import { keypointItems } from '../read/keypoints.ts';
import { byNameElseNumber } from '../read/labels.ts';
import { sizeIn } from '../read/size.ts';

export const roboflow: Dialect = {
  name: 'roboflow',
  of: 'Roboflow Inference, hosted and on one’s own machine',
  form: '`{image{width, height}, time, inference_id, frame_id?, predictions[{x, y, width, height, confidence, class, class_id, detection_id, tracker_id?, points[]?, keypoints[{x, y, confidence, class}]?}]}`',
  source: 'https://github.com/roboflow/inference/blob/main/inference/core/entities/responses/inference.py',
  checked: 'unverified: that `image.width` may be a text or null in old versions, which is taken as not said',
  payload: 'json',
  geometry: 'centre, width, height',
  unit: 'frame px',
  score: 'always',
  label: 'name or number',
  also: ['track id', 'key points', 'frame'],
  note: 'x and y are the centre, though they look like left and top. Masks (`points`, `rle`) are not kept.',
  recognise: (payload) =>
    ofSome(at(payload, 'predictions'), (item) =>
      membersOf(item, ['x', 'y', 'width', 'height', 'confidence', 'class'], ['class_id', 'detection_id', 'tracker_id']),
    ),
  read: (payload, { labels }) => ({
    ...readItems(at(payload, 'predictions'), '$.predictions', (item, path) => ({
      path,
      corners: centred(members(item, ['x', 'y', 'width', 'height'])),
      score: item.confidence,
      ...byNameElseNumber(item.class, item.class_id, labels),
      track: item.tracker_id,
      frame: at(payload, 'frame_id'),
      keypoints: keypointItems(item.keypoints, { score: 'confidence', label: 'class', otherLabel: 'class_name' }),
    })),
    size: sizeIn(at(payload, 'image')),
  }),
};
