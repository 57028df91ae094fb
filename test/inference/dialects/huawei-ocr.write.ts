import { outlineOf, type Writer } from './fixtures.ts';

export const holds: Writer['holds'] = ['score', 'text', 'x1', 'y1', 'x2', 'y2'];

export const write: Writer['write'] = (detections) => ({
  result: {
    words_block_count: detections.length,
    words_block_list: detections.map((one) => ({
      words: one.text,
      confidence: one.score,
      location: outlineOf(one).map(({ x, y }) => [x, y]),
    })),
  },
});
