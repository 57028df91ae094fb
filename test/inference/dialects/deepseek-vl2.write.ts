import type { Writer } from './fixtures.ts';

export const holds: Writer['holds'] = ['label', 'x1', 'y1', 'x2', 'y2'];

export const write: Writer['write'] = (detections, { frame: { width, height } }) =>
  detections
    .map(({ x1, y1, x2, y2, label }) => {
      const box = [(x1 / width) * 999, (y1 / height) * 999, (x2 / width) * 999, (y2 / height) * 999];
      return `<|ref|>${label}<|/ref|><|det|>[[${box.join(', ')}]]<|/det|>`;
    })
    .join('');
