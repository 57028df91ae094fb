import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  fitPitch,
  type Homography,
  type KeyPoint,
  pitchLandmarks,
  project,
  unproject,
} from '../../src/inference/pitch/index.ts';
import { frame, keyPointsOf, lawPitch, placesSeenBy, type View, viewFrom, views } from './cameras.ts';

const runs = { seed: 7, numRuns: 150 };
const television = viewFrom([50, -32, 20], [55, 30, 0], 1600);

/** Median and largest distance from where the places are, metres. */
function errorsOf(homography: Homography, view: View) {
  const errors = placesSeenBy(view)
    .map((place) => {
      const found = unproject(homography, view(place));
      return found === undefined ? Number.POSITIVE_INFINITY : Math.hypot(found.x - place.x, found.y - place.y);
    })
    .sort((a, b) => a - b);
  return { median: errors[Math.floor(errors.length / 2)] ?? 0, largest: errors.at(-1) ?? 0 };
}

/** About normal, standard deviation 1. */
const chance = fc
  .tuple(...Array.from({ length: 12 }, () => fc.double({ min: -0.5, max: 0.5, noNaN: true })))
  .map((all) => all.reduce((sum, one) => sum + one, 0));
const noise = fc.array(fc.record({ x: chance, y: chance }), { minLength: 35, maxLength: 35 });

const moved = (points: readonly KeyPoint[], by: readonly { readonly x: number; readonly y: number }[], px: number) =>
  points.map((point, i) => ({ ...point, x: point.x + px * (by[i]?.x ?? 0), y: point.y + px * (by[i]?.y ?? 0) }));

describe('the homography', () => {
  test('is exact for exact points of any camera', () => {
    fc.assert(
      fc.property(views, (view) => {
        const fit = fitPitch(keyPointsOf(view), frame, lawPitch);
        return !fit.accepted || (errorsOf(fit.homography, view).largest < 1e-6 && fit.residualM < 1e-6);
      }),
      runs,
    );
  });

  test('of points with a noise of 1 px is within half a metre on the visible pitch, where it is accepted', () => {
    fc.assert(
      fc.property(views, noise, (view, by) => {
        const fit = fitPitch(moved(keyPointsOf(view), by, 1), frame, lawPitch);
        return !fit.accepted || errorsOf(fit.homography, view).median < 0.5;
      }),
      runs,
    );
  });

  test('is accepted for most cameras that see ten landmarks', () => {
    const seen = fc.sample(fc.tuple(views, noise), runs).filter(([view]) => keyPointsOf(view).length >= 10);
    const accepted = seen.filter(([view, by]) => fitPitch(moved(keyPointsOf(view), by, 1), frame, lawPitch).accepted);

    expect(seen.length).toBeGreaterThan(50);
    expect(accepted.length / seen.length).toBeGreaterThan(0.95);
  });

  test('is the same with a third of the points somewhere else', () => {
    const elsewhere = fc.array(
      fc.record({ x: fc.integer({ min: 0, max: 1279 }), y: fc.integer({ min: 0, max: 719 }) }),
      { minLength: 35, maxLength: 35 },
    );
    const many = views.filter((view) => keyPointsOf(view).length >= 12);
    fc.assert(
      fc.property(many, noise, elsewhere, (view, by, wrong) => {
        const points = moved(keyPointsOf(view), by, 0.5).map((point, i) =>
          i % 3 === 1 ? { ...point, ...wrong[i] } : point,
        );
        const fit = fitPitch(points, frame, lawPitch);
        return fit.accepted && errorsOf(fit.homography, view).median < 0.5;
      }),
      runs,
    );
  });

  test('says the same each time it is asked', () => {
    const points = moved(keyPointsOf(television), fc.sample(noise, { seed: 3, numRuns: 1 })[0] ?? [], 3);
    expect(fitPitch(points, frame, lawPitch)).toEqual(fitPitch(points, frame, lawPitch));
  });

  test('goes there and back', () => {
    const fit = fitPitch(keyPointsOf(television), frame, lawPitch);
    const homography = fit.accepted ? fit.homography : undefined;
    const place = { x: 40, y: 20 };
    const seen = homography && project(homography, place);

    expect(seen && homography && unproject(homography, seen)).toEqual({ x: expect.closeTo(40), y: expect.closeTo(20) });
  });

  test('knows no ground above the horizon, and nothing behind the camera', () => {
    const fit = fitPitch(keyPointsOf(television), frame, lawPitch);
    const homography = fit.accepted ? fit.homography : undefined;

    expect(homography && unproject(homography, { x: 640, y: -400 })).toBeUndefined();
    expect(homography && project(homography, { x: 50, y: -80 })).toBeUndefined();
  });

  test('takes another size of the pitch', () => {
    const large = { lengthM: 120, widthM: 70 };
    const fit = fitPitch(keyPointsOf(television, large), frame, large);
    expect(fit).toMatchObject({ accepted: true, residualM: expect.closeTo(0) });
  });
});

const named = (names: readonly string[]) => keyPointsOf(television).filter(({ name }) => names.includes(name));
const reasonOf = (points: readonly KeyPoint[]) => {
  const fit = fitPitch(points, frame, lawPitch);
  return fit.accepted ? 'accepted' : fit.reason;
};

describe('no homography', () => {
  test.each([
    ['of nothing', [], '0 of 0 points agree with one another, 5 are needed'],
    [
      'of four points',
      named(['halfway-far', 'circle-near', 'circle-left', 'circle-right']),
      '4 of 4 points agree with one another, 5 are needed',
    ],
    [
      'of points of one line',
      pitchLandmarks(lawPitch)
        .filter(({ x }) => x === 52.5)
        .map(({ name, ...place }) => ({ name, score: 1, ...television(place) })),
      '0 of 5 points agree with one another, 5 are needed',
    ],
    [
      'of names that no landmark has',
      keyPointsOf(television).map((point) => ({ ...point, name: `${point.name}?` })),
      '0 of 0 points agree with one another, 5 are needed',
    ],
    [
      'of points that are no numbers',
      keyPointsOf(television).map((point) => ({ ...point, x: Number.NaN })),
      '0 of 0 points agree with one another, 5 are needed',
    ],
    [
      'of all points at one place',
      keyPointsOf(television).map((point) => ({ ...point, x: 640, y: 360 })),
      /0 of \d+ points agree/,
    ],
    [
      'of a mirrored picture',
      keyPointsOf(television).map((point) => ({ ...point, x: 1280 - point.x })),
      'the pitch would be seen from below, or mirrored',
    ],
    [
      'of a picture upside down',
      keyPointsOf(television).map(({ x, y, ...point }) => ({ ...point, x: 1280 - x, y: 720 - y })),
      'the horizon would not be above the frame',
    ],
  ])('%s', (_, points, reason) => {
    expect(reasonOf(points)).toMatch(reason);
  });

  test('of points that chance threw', () => {
    const thrown = fc.array(fc.record({ x: fc.integer({ min: 0, max: 1279 }), y: fc.integer({ min: 0, max: 719 }) }), {
      minLength: 35,
      maxLength: 35,
    });
    const names = pitchLandmarks(lawPitch);
    fc.assert(
      fc.property(thrown, fc.integer({ min: 6, max: 35 }), (places, count) => {
        const points = places.slice(0, count).map((place, i) => ({ name: names[i]?.name ?? '', score: 1, ...place }));
        return !fitPitch(points, frame, lawPitch).accepted;
      }),
      { ...runs, numRuns: 60 },
    );
  });

  test('of points nearly on one line', () => {
    const near = viewFrom([20, -32, 20], [10, 30, 0], 1200);
    const goalLine = pitchLandmarks(lawPitch).filter(({ x }) => x < 6);
    const seen = goalLine.map((place) => ({ name: place.name, score: 1, ...near(place) }));

    expect(reasonOf(seen)).toMatch(/nearly on one line: [\d.]+ m across, 2.5 m are needed/);
  });

  test('of a view so flat that a px is metres', () => {
    const flat = viewFrom([52.5, -80, 8], [52.5, 34, 0], 900);
    const seen = moved(keyPointsOf(flat), fc.sample(noise, { seed: 5, numRuns: 1 })[0] ?? [], 2);

    expect(reasonOf(seen)).toMatch(/^the points are off by [\d.]+ m$/);
  });

  test('of points in one corner, which say nothing of the rest', () => {
    const wide = viewFrom([52.5, -55, 22], [52.5, 32, 0], 1000);
    const corner = keyPointsOf(wide).filter(({ name }) => /left-(goal-area|penalty-spot|corner-far)/.test(name));
    const seen = moved(corner, fc.sample(noise, { seed: 5, numRuns: 1 })[0] ?? [], 1);

    expect(seen).toHaveLength(6);
    expect(reasonOf(seen)).toMatch('the points leave the visible pitch in doubt by');
  });
});
