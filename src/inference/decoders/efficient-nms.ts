import { z } from 'zod';
import { defineDecoder } from './define.ts';
import { boxRow, limitOptions, output, select, withoutSuppression } from './select.ts';
import { readOutput } from './tensors.ts';

const options = z.strictObject({
  name: z.literal('efficient-nms'),
  count_output: output('num_dets'),
  boxes_output: output('det_boxes'),
  scores_output: output('det_scores'),
  classes_output: output('det_classes'),
  ...limitOptions,
});

/**
 * Models with the TensorRT plugin EfficientNMS, or an ONNX copy of its four outputs.
 *
 * Reads [1, 1] how many boxes count; [1, boxes, 4] x1, y1, x2, y2 in px of the model's input; [1, boxes] scores 0 to 1;
 * [1, boxes] classes. What stands behind the count is left over from earlier frames.
 * Source: https://github.com/NVIDIA/TensorRT/tree/main/plugin/efficientNMSPlugin
 */
export const efficientNms = defineDecoder(options, 'xyxy-score-class', (outputs, given) => {
  const reader = 'efficient-nms';
  const counts = readOutput(outputs, given.count_output, [1], reader).values;
  const boxes = readOutput(outputs, given.boxes_output, ['boxes', 4], reader);
  const [boxCount = 0] = boxes.sizes;
  const scores = readOutput(outputs, given.scores_output, [boxCount], reader).values;
  const classes = readOutput(outputs, given.classes_output, [boxCount], reader).values;
  const count = counts[0] ?? Number.NaN;
  const isCount = Number.isInteger(count) && count >= 0 && count <= boxCount;
  const found = Array.from({ length: isCount ? count : 0 }, (_, i) => {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = boxes.values.subarray(i * 4, i * 4 + 4);
    return { x1, y1, x2, y2, score: scores[i] ?? Number.NaN, classIndex: classes[i] ?? Number.NaN };
  });
  const decoded = select(found, withoutSuppression(given), boxRow);
  if (isCount) return decoded;
  const message = `${given.count_output} is ${count}, which is no count of ${boxCount} boxes`;
  return { ...decoded, issues: [...decoded.issues, { code: 'malformed', path: '$', message }] };
});
