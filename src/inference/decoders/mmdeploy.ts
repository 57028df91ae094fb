import { z } from 'zod';
import { defineDecoder } from './define.ts';
import { boxRow, limitOptions, output, select, withoutSuppression } from './select.ts';
import { readOutput } from './tensors.ts';

const options = z.strictObject({
  name: z.literal('mmdeploy'),
  boxes_output: output('dets'),
  classes_output: output('labels'),
  ...limitOptions,
});

/**
 * Detectors of MMDetection exported by MMDeploy.
 *
 * Reads [1, boxes, 5]: x1, y1, x2, y2 in px of the model's input, score 0 to 1; and [1, boxes] classes. Rows of zeros,
 * with class −1 in some versions, fill it up.
 * Source: https://github.com/open-mmlab/mmdeploy/blob/main/docs/en/04-supported-codebases/mmdet.md
 */
export const mmdeploy = defineDecoder(options, 'xyxy-score-class', (outputs, given) => {
  const boxes = readOutput(outputs, given.boxes_output, ['boxes', 5], 'mmdeploy');
  const [boxCount = 0] = boxes.sizes;
  const classes = readOutput(outputs, given.classes_output, [boxCount], 'mmdeploy').values;
  const found = Array.from({ length: boxCount }, (_, i) => {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, score = 0] = boxes.values.subarray(i * 5, i * 5 + 5);
    return { x1, y1, x2, y2, score, classIndex: classes[i] ?? Number.NaN };
  });
  return select(found, withoutSuppression(given), boxRow);
});
