import { z } from 'zod';
import { defineDecoder } from './define.ts';
import { boxRow, type FoundBox, limitOptions, output, select, withoutSuppression } from './select.ts';
import { readOutput } from './tensors.ts';

const options = z.strictObject({ name: z.literal('ssd'), output: output('detection_out'), ...limitOptions });

/**
 * SSD with the DetectionOutput layer of Caffe and OpenVINO.
 *
 * Reads [1, 1, boxes, 7]: number of the image, class, score 0 to 1, x1, y1, x2, y2 as parts of the model's input, 0 to 1.
 * A row of image −1 ends the list. Class 0 is the background in most of these models: `labels` begins with it then.
 * Source: https://docs.openvino.ai, operation DetectionOutput-8
 */
export const ssd = defineDecoder(options, 'xyxy-score-class', (outputs, given, { input }) => {
  const { values } = readOutput(outputs, given.output, ['boxes', 7], 'ssd');
  const found: FoundBox[] = [];
  for (let start = 0; start < values.length; start += 7) {
    const row = values.subarray(start, start + 7);
    const [image = 0, classIndex = 0, score = 0, left = 0, top = 0, right = 0, bottom = 0] = row;
    if (image < 0) break;
    const { width, height } = input;
    found.push({ x1: left * width, y1: top * height, x2: right * width, y2: bottom * height, score, classIndex });
  }
  return select(found, withoutSuppression(given), boxRow);
});
