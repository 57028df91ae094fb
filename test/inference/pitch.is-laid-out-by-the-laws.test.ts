import { expect, test } from 'vitest';
import { pitchLandmarks, pitchLines, pointsAlong } from '../../src/inference/pitch/index.ts';

const lawPitch = { lengthM: 105, widthM: 68 };
const landmark = (name: string, pitch = lawPitch) => pitchLandmarks(pitch).find((one) => one.name === name);
const line = (name: string) => pitchLines(lawPitch).find((one) => one.name === name);
const near = (x: number, y: number) => expect.objectContaining({ x: expect.closeTo(x), y: expect.closeTo(y) });

test('the landmarks have an order that models are read by', () => {
  expect(pitchLandmarks(lawPitch).map(({ name }) => name)).toMatchInlineSnapshot(`
    [
      "left-corner-near",
      "left-corner-far",
      "left-penalty-area-near-goal-line",
      "left-penalty-area-near",
      "left-penalty-area-far-goal-line",
      "left-penalty-area-far",
      "left-goal-area-near-goal-line",
      "left-goal-area-near",
      "left-goal-area-far-goal-line",
      "left-goal-area-far",
      "left-penalty-spot",
      "left-penalty-arc-near",
      "left-penalty-arc-far",
      "left-penalty-arc-top",
      "right-corner-near",
      "right-corner-far",
      "right-penalty-area-near-goal-line",
      "right-penalty-area-near",
      "right-penalty-area-far-goal-line",
      "right-penalty-area-far",
      "right-goal-area-near-goal-line",
      "right-goal-area-near",
      "right-goal-area-far-goal-line",
      "right-goal-area-far",
      "right-penalty-spot",
      "right-penalty-arc-near",
      "right-penalty-arc-far",
      "right-penalty-arc-top",
      "halfway-near",
      "halfway-far",
      "centre-spot",
      "circle-near",
      "circle-far",
      "circle-left",
      "circle-right",
    ]
  `);
});

test.each([
  ['left-corner-near', 0, 0],
  ['right-corner-far', 105, 68],
  ['left-penalty-area-near', 16.5, 13.84],
  ['right-penalty-area-far-goal-line', 105, 54.16],
  ['right-goal-area-near', 99.5, 24.84],
  ['left-penalty-spot', 11, 34],
  ['circle-near', 52.5, 24.85],
])('%s stands where the Laws of the Game put it', (name, x, y) => {
  expect(landmark(name)).toEqual(near(x, y));
});

test('on a larger pitch the penalty area stays as large, and the corners move out', () => {
  const pitch = { lengthM: 120, widthM: 70 };
  expect(landmark('right-penalty-area-near', pitch)).toEqual(near(103.5, 14.84));
  expect(landmark('right-corner-far', pitch)).toEqual(near(120, 70));
});

test('the penalty arc begins and ends on the line of the penalty area', () => {
  const arc = line('right-penalty-arc');
  const points = arc === undefined ? [] : pointsAlong(arc, 0.5);

  expect([points[0], points.at(-1)]).toEqual([
    near(landmark('right-penalty-arc-far')?.x ?? 0, landmark('right-penalty-arc-far')?.y ?? 0),
    near(landmark('right-penalty-arc-near')?.x ?? 0, landmark('right-penalty-arc-near')?.y ?? 0),
  ]);
  expect(points.every(({ x }) => x < 88.5 + 1e-9)).toBe(true);
});

test('points along a line are no further apart than asked', () => {
  const circle = line('circle');
  const points = circle === undefined ? [] : pointsAlong(circle, 1);
  const steps = points.slice(1).map(({ x, y }, i) => Math.hypot(x - (points[i]?.x ?? 0), y - (points[i]?.y ?? 0)));

  expect(points.length).toBeGreaterThan(50);
  expect(Math.max(...steps)).toBeLessThanOrEqual(1);
});
