import { z } from 'zod';
import { defineDecoder } from './define.ts';
import { activation, scoresOf } from './scores.ts';
import {
  bestOf,
  boxAround,
  boxRow,
  type FoundBox,
  limitOptions,
  output,
  select,
  withoutSuppression,
} from './select.ts';
import { readOutput } from './tensors.ts';

const options = z.strictObject({
  name: z.literal('detr'),
  logits_output: output('logits'),
  boxes_output: output('pred_boxes'),
  activation: activation.default('sigmoid').describe('softmax for DETR, sigmoid for RT-DETR and Deformable DETR'),
  ...limitOptions,
});

/**
 * DETR, Deformable DETR and RT-DETR as their heads give it: suppression is not needed.
 *
 * Reads [1, boxes, labels] or, with softmax, [1, boxes, labels + 1] logits, the last for “no object”; and [1, boxes, 4]
 * cx, cy, width, height as parts of the model's input, 0 to 1.
 * Source: https://github.com/facebookresearch/detr/blob/main/models/detr.py, https://github.com/lyuwenyu/RT-DETR
 */
export const detr = defineDecoder(options, 'xyxy-score-class', (outputs, given, { labels, input }) => {
  const width = labels.length + (given.activation === 'softmax' ? 1 : 0);
  const reader = `detr with ${labels.length} labels and ${given.activation}`;
  const logits = readOutput(outputs, given.logits_output, ['boxes', width], reader);
  const [boxCount = 0] = logits.sizes;
  const boxes = readOutput(outputs, given.boxes_output, [boxCount, 4], reader).values;
  const found: FoundBox[] = [];
  for (let i = 0; i < boxCount; i++) {
    const scores = scoresOf(logits.values.subarray(i * width, (i + 1) * width), given.activation);
    const { index, value } = bestOf(scores, 0, labels.length);
    const [cx = 0, cy = 0, w = 0, h = 0] = boxes.subarray(i * 4, i * 4 + 4);
    const box = boxAround(cx * input.width, cy * input.height, w * input.width, h * input.height);
    found.push({ ...box, score: value, classIndex: index });
  }
  return select(found, withoutSuppression(given), boxRow);
});
