import type { CandidateKeypoint } from '../candidate.ts';
import type { Dialect } from '../dialect.ts';
import { members as membersOf, ofSome } from '../read/evidence.ts';
import { at, type Fields, nth, readItems } from '../read/fields.ts';
import { members, xywh } from '../read/geometry.ts';
import { byNameElseNumber } from '../read/labels.ts';

export const mediapipeTasks: Dialect = {
  name: 'mediapipe-tasks',
  of: 'MediaPipe Tasks, object and face detector, JavaScript and Python',
  form: '`{detections[{categories[{index, score, categoryName}], boundingBox{originX, originY, width, height}, keypoints[{x, y, label?, score?}]}]}`; Python writes `bounding_box{origin_x, origin_y, …}`',
  source: 'https://github.com/google-ai-edge/mediapipe/tree/master/mediapipe/tasks/web/vision/object_detector',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, width, height',
  unit: 'frame px',
  score: 'always',
  label: 'name or number',
  also: ['key points'],
  note: 'Boxes are px, key points ratios. The name may be empty: then the index counts.',
  recognise: (payload) =>
    ofSome(at(payload, 'detections'), (item) => {
      const found = membersOf(item, ['boundingBox.originX', 'categories:list'], ['boundingBox.width', 'keypoints']);
      return found.length > 0 ? found : membersOf(item, ['bounding_box.origin_x', 'categories:list'], ['keypoints']);
    }),
  read: (payload, { labels }) =>
    readItems(at(payload, 'detections'), '$.detections', (item, path) => {
      const category = nth(item.categories, 0);
      const name = at(category, 'categoryName') ?? at(category, 'category_name');
      return {
        path,
        corners: xywh(boxOf(item)),
        score: at(category, 'score'),
        ...byNameElseNumber(name, at(category, 'index'), labels),
        keypoints: keypointsOf(item.keypoints),
        keypointUnit: 1,
      };
    }),
};

const boxOf = (item: Fields) =>
  members(item.boundingBox, ['originX', 'originY', 'width', 'height']) ??
  members(item.bounding_box, ['origin_x', 'origin_y', 'width', 'height']);

function keypointsOf(list: unknown): readonly CandidateKeypoint[] | undefined {
  if (!Array.isArray(list) || list.length === 0) return undefined;
  return list.map((point: unknown) => ({
    x: at(point, 'x'),
    y: at(point, 'y'),
    score: at(point, 'score'),
    label: at(point, 'label'),
  }));
}
