import { outlineOf, type Writer } from './fixtures.ts';

export const holds: Writer['holds'] = ['score', 'text', 'x1', 'y1', 'x2', 'y2'];

export const write: Writer['write'] = (detections, { frame }) => ({
  analyzeResult: {
    pages: [
      {
        pageNumber: 1,
        ...frame,
        unit: 'pixel',
        words: detections.map((one) => ({
          content: one.text,
          confidence: one.score,
          polygon: outlineOf(one).flatMap(({ x, y }) => [x, y]),
        })),
      },
    ],
  },
});
