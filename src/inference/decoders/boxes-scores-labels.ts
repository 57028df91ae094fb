import { z } from 'zod';
import { defineDecoder } from './define.ts';
import { boxRow, limitOptions, output, select, withoutSuppression } from './select.ts';
import { readOutput } from './tensors.ts';

const options = z.strictObject({
  name: z.literal('boxes-scores-labels'),
  boxes_output: output('boxes'),
  scores_output: output('scores'),
  labels_output: output('labels'),
  ...limitOptions,
});

/**
 * Models that give finished boxes in three outputs: detectors of torchvision, RT-DETR and D-FINE as their authors export them.
 *
 * Reads [1, boxes, 4] x1, y1, x2, y2 in px of the model's input (RT-DETR and D-FINE take the size for that as an input
 * `orig_target_sizes`); [1, boxes] scores 0 to 1; [1, boxes] classes.
 * Source: https://docs.pytorch.org/vision/stable/models/generated/torchvision.models.detection.fasterrcnn_resnet50_fpn.html,
 * https://github.com/lyuwenyu/RT-DETR/blob/main/rtdetr_pytorch/tools/export_onnx.py
 */
export const boxesScoresLabels = defineDecoder(options, 'xyxy-score-class', (outputs, given) => {
  const reader = 'boxes-scores-labels';
  const boxes = readOutput(outputs, given.boxes_output, ['boxes', 4], reader);
  const [boxCount = 0] = boxes.sizes;
  const scores = readOutput(outputs, given.scores_output, [boxCount], reader).values;
  const classes = readOutput(outputs, given.labels_output, [boxCount], reader).values;
  const found = Array.from({ length: boxCount }, (_, i) => {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = boxes.values.subarray(i * 4, i * 4 + 4);
    return { x1, y1, x2, y2, score: scores[i] ?? Number.NaN, classIndex: classes[i] ?? Number.NaN };
  });
  return select(found, withoutSuppression(given), boxRow);
});
