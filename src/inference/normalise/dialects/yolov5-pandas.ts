import type { Dialect } from '../dialect.ts';
import { members as membersOf, ofSome } from '../read/evidence.ts';
import { readItems } from '../read/fields.ts';
import { members, xyxy } from '../read/geometry.ts';
import { byNameElseNumber } from '../read/labels.ts';

export const yolov5Pandas: Dialect = {
  name: 'yolov5-pandas',
  of: 'YOLOv5 `results.pandas().xyxy[0].to_json(orient="records")`',
  form: '`[{xmin, ymin, xmax, ymax, confidence, class, name}]`',
  source: 'https://github.com/ultralytics/yolov5/blob/master/models/common.py',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, right, bottom',
  unit: 'px or ratio',
  score: 'always',
  label: 'name or number',
  also: [],
  note: '`xyxyn` is the same in ratios, and the output does not say so.',
  recognise: (payload) =>
    ofSome(payload, (item) => membersOf(item, ['xmin', 'ymin', 'xmax', 'ymax', 'confidence'], ['class', 'name'])),
  read: (payload, { labels }) =>
    readItems(payload, '$', (item, path) => ({
      path,
      corners: xyxy(members(item, ['xmin', 'ymin', 'xmax', 'ymax'])),
      score: item.confidence,
      ...byNameElseNumber(item.name, item.class, labels),
    })),
};
