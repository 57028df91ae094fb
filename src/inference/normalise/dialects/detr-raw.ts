import type { Candidate } from '../candidate.ts';
import type { Dialect, DialectReading } from '../dialect.ts';
import { members } from '../read/evidence.ts';
import { at, nth, readColumns, unreadable } from '../read/fields.ts';
import { centred, four } from '../read/geometry.ts';
import { bestClass } from '../read/scores.ts';

export const detrRaw: Dialect = {
  name: 'detr-raw',
  of: 'the head of DETR, Conditional DETR, RT-DETR and RF-DETR, as it leaves the model',
  form: '`{logits or pred_logits [N][classes], pred_boxes [N][cx, cy, w, h]}`, with or without a batch of one around each',
  source: 'https://github.com/facebookresearch/detr/blob/main/models/detr.py',
  checked: 'verified',
  payload: 'json',
  geometry: 'centre, width, height',
  unit: 1,
  score: 'always',
  label: 'number',
  also: [],
  note: 'With one class more than there are labels the last is “no object” and all go through softmax; with as many, each goes through a sigmoid. What is most likely no object is left out.',
  recognise: (payload) => {
    const old = members(payload, ['pred_boxes', 'pred_logits']);
    return old.length > 0 ? old : members(payload, ['pred_boxes', 'logits']);
  },
  read: (payload, { labels }) => {
    const logits = withoutBatch(at(payload, 'pred_logits') ?? at(payload, 'logits'));
    const boxes = withoutBatch(at(payload, 'pred_boxes'));
    return readRows({ pred_boxes: boxes, logits }, labels);
  },
};

/** [1, N, k] as [N, k]. */
const withoutBatch = (tensor: unknown): unknown =>
  Array.isArray(tensor) && tensor.length === 1 && Array.isArray(nth(nth(tensor, 0), 0)) ? tensor[0] : tensor;

function readRows(tensors: unknown, labels: readonly string[]): DialectReading {
  const width = at({ first: nth(at(tensors, 'logits'), 0) }, 'first');
  const classes = Array.isArray(width) ? width.length : 0;
  const rows = at(tensors, 'pred_boxes');
  if (Array.isArray(rows) && rows.length > 0 && classes !== labels.length && classes !== labels.length + 1) {
    return unreadable('$', `logits of ${classes} classes, and ${labels.length} labels: neither as many nor one more`);
  }
  return readColumns(
    tensors,
    '$',
    ['pred_boxes', 'logits'],
    ({ pred_boxes: box, logits }, path): Candidate | undefined => {
      const best = bestOf(logits, classes, labels.length);
      if (best === 'no object') return undefined;
      return { path, corners: centred(four(box)), ...best };
    },
  );

  function bestOf(row: unknown, length: number, labelCount: number) {
    if (!Array.isArray(row) || row.length !== length || !row.every((one) => Number.isFinite(one))) {
      return { score: Number.NaN, label: undefined, labelRaw: row };
    }
    const [index, score] = bestClass(row as number[], length > labelCount ? 'softmax' : 'sigmoid');
    return index === labelCount ? 'no object' : { score, label: labels[index], labelRaw: index };
  }
}
