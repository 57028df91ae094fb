import { outlineOf, type Writer } from './fixtures.ts';

export const holds: Writer['holds'] = ['score', 'text', 'x1', 'y1', 'x2', 'y2'];

export const write: Writer['write'] = (detections) =>
  detections.map((one) => [outlineOf(one).map(({ x, y }) => [x, y]), one.text, one.score]);
