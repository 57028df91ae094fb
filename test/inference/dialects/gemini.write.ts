import type { Writer } from './fixtures.ts';

export const write: Writer['write'] = (detections, { frame: { width, height } }) => {
  const items = detections.map(({ x1, y1, x2, y2, label, score }) => ({
    box_2d: [(y1 / height) * 1000, (x1 / width) * 1000, (y2 / height) * 1000, (x2 / width) * 1000],
    label,
    confidence: score,
  }));
  return `\`\`\`json\n${JSON.stringify(items)}\n\`\`\``;
};
