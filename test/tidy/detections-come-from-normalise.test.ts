import { expect, test } from 'vitest';
import { detectionsComeFromNormalise } from './rules/detections.ts';
import { complaints, tree } from './tree.ts';

test('no detection is written that did not go through normalise()', () => {
  const files = tree().filter(({ path }) => /^src\/.*\.ts$/.test(path));

  expect(complaints(detectionsComeFromNormalise, files)).toEqual([]);
});

test.each([
  `emitter.detection({ label: 'ball' });`,
  `log.append('detection', box);`,
  `job.eventLog.appendUnknown('detection', box);`,
  `write(JSON.stringify({ event: 'detection', ...box }));`,
  `import { recordRead } from './record-output.ts';`,
])('another way to a detection is found: %s', (text) => {
  expect(detectionsComeFromNormalise({ path: 'src/inference/track/tracker.ts', text })).toHaveLength(1);
});

test('to read detections, or to write another kind, is free', () => {
  const text = `log.append('log', line); const sql = 'select * from detections'; if (event === 'detection') count++;`;

  expect(detectionsComeFromNormalise({ path: 'src/query/tail.ts', text })).toEqual([]);
});
