import { expect, test } from 'vitest';
import { gaussianOverlap, type OrientedBox } from '../../src/inference/oriented-box.ts';
import { runOutputs } from './made-plugin.ts';

/** Three at one place: two people and a ball; a fourth person elsewhere. Rows of cx, cy, w, h, person, ball. */
const columns = [
  [20, 20, 10, 10, 0.9, 0],
  [21, 20, 10, 10, 0.8, 0],
  [20, 21, 10, 10, 0, 0.7],
  [50, 50, 10, 10, 0.6, 0],
] as const;

const square = { width: 64, height: 64 };

const scoresWith = async (options: Readonly<Record<string, unknown>>) => {
  const values = [0, 1, 2, 3, 4, 5].flatMap((row) => columns.map((column) => column[row] ?? 0));
  const outputs = { output0: { shape: [1, 6, columns.length], values } };
  const { detections } = await runOutputs(outputs, { decoder: { name: 'yolo-v8', ...options } }, square);
  return detections.map(({ score = 0 }) => Number(score.toFixed(2)));
};

test.each([
  ['of one label the best stays, and of another the best too', {}, [0.9, 0.7, 0.6]],
  ['of all labels only the best stays where that is wanted', { suppress: 'all' }, [0.9, 0.6]],
  ['each stays where nothing is to be suppressed', { suppress: 'none' }, [0.9, 0.8, 0.7, 0.6]],
  ['each stays where more overlap is allowed than there is', { overlap_max: 0.9 }, [0.9, 0.8, 0.7, 0.6]],
  ['the weak are left out', { score_min: 0.65 }, [0.9, 0.7]],
  ['no more than the count stay, the best first', { count_max: 2 }, [0.9, 0.7]],
] as const)('of boxes at one place %s', async (_, options, scores) => {
  expect(await scoresWith(options)).toEqual(scores);
});

const ship: OrientedBox = { cx: 32, cy: 32, width: 40, height: 6, angle: Math.PI / 4 };

test('turned boxes that lie across one another both stay, though the boxes around them are the same', async () => {
  const across = { ...ship, angle: -Math.PI / 4 };
  const rows = [ship, across, { ...ship, cx: 33 }].map(({ cx, cy, width, height, angle }, i) =>
    [cx, cy, width, height, 0.9 - i / 10, 0, angle].map(Number),
  );
  const values = [0, 1, 2, 3, 4, 5, 6].flatMap((row) => rows.map((column) => column[row] ?? 0));
  const { detections } = await runOutputs(
    { output0: { shape: [1, 7, 3], values } },
    { decoder: { name: 'yolo-obb' }, dialect: 'xywhr-score-class' },
    square,
  );

  expect(detections.map(({ score = 0 }) => score.toFixed(1))).toEqual(['0.9', '0.8']);
});

test('a turned box is given as its corners, and as the upright box around them, in px of the frame', async () => {
  const values = [32, 32, 20, 10, 0.9, 0, Math.PI / 2];
  const { detections } = await runOutputs(
    { output0: { shape: [1, 7, 1], values } },
    { decoder: { name: 'yolo-obb' }, dialect: 'xywhr-score-class' },
  );

  expect(detections).toMatchObject([{ x1: near(54), y1: near(12), x2: near(74), y2: near(52) }]);
  expect(detections[0]?.keypoints).toMatchObject([
    { x: near(74), y: near(12) },
    { x: near(74), y: near(52) },
    { x: near(54), y: near(52) },
    { x: near(54), y: near(12) },
  ]);
});

test('a turned box overlaps itself wholly, one across it a little, and one far away not at all', () => {
  expect(gaussianOverlap(ship, ship)).toBeCloseTo(1, 2);
  expect(gaussianOverlap(ship, { ...ship, angle: -Math.PI / 4 })).toBeLessThan(0.4);
  expect(gaussianOverlap(ship, { ...ship, cx: 500 })).toBeCloseTo(0, 3);
});

const near = (value: number) => expect.closeTo(value, 2);
