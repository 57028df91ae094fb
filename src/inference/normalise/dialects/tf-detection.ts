import type { Dialect } from '../dialect.ts';
import { byCocoId } from '../read/coco.ts';
import { members } from '../read/evidence.ts';
import { at, nth, readColumns } from '../read/fields.ts';
import { four, yxyx } from '../read/geometry.ts';

const columns = ['detection_boxes', 'detection_scores', 'detection_classes'] as const;

export const tfDetection: Dialect = {
  name: 'tf-detection',
  of: 'TensorFlow Object Detection API, TensorFlow Hub, TFLite detectors',
  form: '`{detection_boxes[[ymin, xmin, ymax, xmax]], detection_scores[], detection_classes[], num_detections}`, with or without a batch of one around each',
  source: 'https://github.com/openvinotoolkit/open_model_zoo/blob/master/models/public/ssdlite_mobilenet_v2/README.md',
  checked: 'verified',
  payload: 'json',
  geometry: 'top, left, bottom, right',
  unit: 1,
  score: 'always',
  label: 'number',
  also: [],
  note: 'Classes begin with 1, as in `coco-results`. Rows from `num_detections` on fill the output up.',
  recognise: (payload) =>
    members(payload, ['detection_boxes:list', 'detection_scores:list'], ['detection_classes', 'num_detections']),
  read: (payload, { labels }) => {
    const count = numberOf(at(payload, 'num_detections'));
    const table = Object.fromEntries(columns.map((name) => [name, withoutBatch(at(payload, name), name)]));
    const boxes: unknown = table.detection_boxes;
    const rows = Array.isArray(boxes) ? boxes.length : 0;
    const reading = readColumns(table, '$', columns, (row, path, i) => {
      if (i >= count || isPadding(row.detection_boxes, row.detection_scores)) return undefined;
      const label = row.detection_classes;
      return {
        path,
        corners: yxyx(four(row.detection_boxes)),
        score: row.detection_scores,
        ...byCocoId(label, labels),
      };
    });
    return { ...reading, paddingCount: rows - reading.candidates.length };
  },
};

const isPadding = (box: unknown, score: unknown): boolean =>
  score === 0 && Array.isArray(box) && box[0] === box[2] && box[1] === box[3];

/** `detection_boxes` has a list in each row, the others a number. */
function withoutBatch(tensor: unknown, name: string): unknown {
  const first = nth(tensor, 0);
  const isBatch = name === 'detection_boxes' ? Array.isArray(nth(first, 0)) : Array.isArray(first);
  return isBatch ? first : tensor;
}

function numberOf(count: unknown): number {
  const one: unknown = Array.isArray(count) ? count[0] : count;
  return typeof one === 'number' && one >= 0 ? one : Number.POSITIVE_INFINITY;
}
