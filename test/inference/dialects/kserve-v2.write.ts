import type { Writer } from './fixtures.ts';

export const write: Writer['write'] = (detections, { labels }) => {
  const n = detections.length;
  const tensor = (name: string, shape: readonly number[], data: readonly unknown[]) => ({
    name,
    shape,
    datatype: 'FP32',
    data,
  });
  return {
    model_name: 'yolo',
    outputs: [
      tensor('num_dets', [1, 1], [n]),
      tensor(
        'det_boxes',
        [1, n, 4],
        detections.flatMap(({ x1, y1, x2, y2 }) => [x1, y1, x2, y2]),
      ),
      tensor(
        'det_scores',
        [1, n],
        detections.map(({ score }) => score),
      ),
      tensor(
        'det_classes',
        [1, n],
        detections.map(({ label }) => labels.indexOf(label)),
      ),
    ],
  };
};
