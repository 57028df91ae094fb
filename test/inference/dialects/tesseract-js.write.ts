import type { Writer } from './fixtures.ts';

export const holds: Writer['holds'] = ['score', 'text', 'x1', 'y1', 'x2', 'y2'];

export const write: Writer['write'] = (detections) => ({
  blocks: [
    {
      paragraphs: [
        {
          lines: [
            {
              words: detections.map(({ x1, y1, x2, y2, score = 0, text }) => ({
                text,
                confidence: score * 100,
                bbox: { x0: x1, y0: y1, x1: x2, y1: y2 },
              })),
            },
          ],
        },
      ],
    },
  ],
});
