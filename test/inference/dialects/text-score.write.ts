import type { Writer } from './fixtures.ts';

export const holds: Writer['holds'] = ['score', 'text'];

export const write: Writer['write'] = (detections) => detections.map(({ text, score }) => [text, score]);
