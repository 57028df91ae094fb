import { z } from 'zod';
import { defineDecoder } from './define.ts';
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

const options = z.strictObject({ name: z.literal('rt-detr'), output: output('output0'), ...limitOptions });

/**
 * RT-DETR as Ultralytics exports it: boxes and scores in one output.
 *
 * Reads [1, boxes, 4 + labels]: cx, cy, width, height as parts of the model's input, 0 to 1, then each label's score, 0 to 1.
 * Source: https://github.com/ultralytics/ultralytics/blob/main/ultralytics/nn/modules/head.py, RTDETRDecoder
 */
export const rtDetr = defineDecoder(options, 'xyxy-score-class', (outputs, given, { labels, input }) => {
  const width = 4 + labels.length;
  const { values } = readOutput(outputs, given.output, ['boxes', width], `rt-detr with ${labels.length} labels`);
  const found: FoundBox[] = [];
  for (let start = 0; start < values.length; start += width) {
    const [cx = 0, cy = 0, w = 0, h = 0] = values.subarray(start, start + 4);
    const { index, value } = bestOf(values, start + 4, labels.length);
    const box = boxAround(cx * input.width, cy * input.height, w * input.width, h * input.height);
    found.push({ ...box, score: value, classIndex: index });
  }
  return select(found, withoutSuppression(given), boxRow);
});
