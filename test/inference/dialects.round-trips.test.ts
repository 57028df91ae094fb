import fc from 'fast-check';
import { expect, test } from 'vitest';
import { letterboxOf } from '../../src/inference/letterbox.ts';
import { type Detection, normalise } from '../../src/inference/normalise/index.ts';
import { writers } from './dialects/fixtures.ts';

const frame = { width: 640, height: 480 };
const labels = ['person', 'ball', 'goal'];
const letterbox = letterboxOf(frame, frame);

const shares = fc.tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 0, max: 1000 })));

/** Boxes of at least some px, within the frame. */
const detection: fc.Arbitrary<Required<Omit<Detection, 'frame_index' | 'keypoints'>>> = fc
  .record({
    at: shares,
    label: fc.constantFrom(...labels),
    score: fc.integer({ min: 1, max: 99 }).map((percent) => percent / 100),
    track_id: fc.integer({ min: 2, max: 2 ** 31 }),
    text: fc.constantFrom('23', 'GOAL', 'ü — “x”', 'a b'),
  })
  .map(({ at: [x = 0, y = 0, w = 0, h = 0], ...rest }) => {
    const [x1, y1] = [2 + (x / 1000) * 500, 2 + (y / 1000) * 300];
    return { ...rest, x1, y1, x2: x1 + 3 + (w / 1000) * 130, y2: y1 + 3 + (h / 1000) * 170 };
  });

const held = ['label', 'score', 'x1', 'y1', 'x2', 'y2'] as const satisfies readonly (keyof Detection)[];

const kept = (one: Detection, members: readonly (keyof Detection)[]) =>
  Object.fromEntries(members.map((member) => [member, one[member]]));

test.each(writers)('%s gives back what was written in it', (dialect, { write, holds = held }) => {
  fc.assert(
    fc.property(fc.array(detection, { maxLength: 8 }), (written) => {
      const payload = write(written, { frame, labels });
      const { detections } = normalise({ dialect, payload, labels, letterbox });

      expect(detections.length).toBe(written.length);
      const pairs = detections.map((one, i) => [kept(one, holds), kept(written[i] ?? one, holds)] as const);
      for (const [back, sent] of pairs) {
        expect(Object.keys(back)).toEqual(Object.keys(sent));
        Object.entries(back).forEach(([name, value]) => {
          expect(near(value, sent[name]), `${name}: ${String(value)} for ${String(sent[name])}`).toBe(true);
        });
      }
    }),
    { numRuns: 25 },
  );
});

const near = (a: unknown, b: unknown): boolean =>
  typeof a === 'number' && typeof b === 'number' ? Math.abs(a - b) < 1e-6 : a === b;
