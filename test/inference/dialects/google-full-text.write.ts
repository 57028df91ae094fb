import { outlineOf, type Writer } from './fixtures.ts';

export const holds: Writer['holds'] = ['score', 'text', 'x1', 'y1', 'x2', 'y2'];

export const write: Writer['write'] = (detections) => ({
  fullTextAnnotation: {
    pages: [
      {
        blocks: [
          {
            paragraphs: [
              {
                words: detections.map((one) => ({
                  boundingBox: { vertices: outlineOf(one) },
                  confidence: one.score,
                  symbols: [{ text: one.text }],
                })),
              },
            ],
          },
        ],
      },
    ],
  },
});
