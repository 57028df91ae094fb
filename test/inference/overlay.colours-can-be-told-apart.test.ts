import { describe, expect, test } from 'vitest';
import { ballLook, contrast, type Look, lookOf } from '../../src/inference/overlay/palette.ts';

const teams = ['red', 'blue', 'yellow', 'black'];
const anyLabels = Array.from({ length: 300 }, (_, i) => `label ${i}`);
const ball = ['ball', ballLook] as const;

type Rgb = readonly [number, number, number];
type Matrix = readonly [Rgb, Rgb, Rgb];

/** How colours look to people who lack one kind of cone, of linear light. Machado, Oliveira, Fernandes 2009, severity 1. */
const sights: Readonly<Record<string, Matrix>> = {
  'all cones': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  'no red cones': [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  'no green cones': [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  'no blue cones': [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const linear = (colour: string): Rgb => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return [red, green, blue];
};

const times = (matrix: Matrix, [x, y, z]: Rgb): Rgb => {
  const [red = 0, green = 0, blue = 0] = matrix.map(([a, b, c]) => Math.min(1, Math.max(0, a * x + b * y + c * z)));
  return [red, green, blue];
};

/** CIE L*a*b*, of the light that a screen gives (D65). */
const lab = ([red, green, blue]: Rgb): Rgb => {
  const root = (value: number) => (value > 216 / 24_389 ? Math.cbrt(value) : ((24_389 / 27) * value + 16) / 116);
  const x = root((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047);
  const y = root(0.2126729 * red + 0.7151522 * green + 0.072175 * blue);
  const z = root((0.0193339 * red + 0.119192 * green + 0.9503041 * blue) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
};

/** ΔE*ab: 2 can just be seen, 10 at a glance. */
const difference = (a: string, b: string, sight: Matrix): number => {
  const [first, second] = [a, b].map((colour) => lab(times(sight, linear(colour)))) as [Rgb, Rgb];
  return Math.hypot(first[0] - second[0], first[1] - second[1], first[2] - second[2]);
};

const looks: readonly (readonly [string, Look])[] = [...teams.map((label) => [label, lookOf(label)] as const), ball];
const pairs = looks.flatMap((a, i) => looks.slice(i + 1).map((b) => [a, b] as const));

describe('teams, the referee and the ball', () => {
  test.each(Object.entries(sights))('differ in colour at a glance with %s', (_, sight) => {
    const close = pairs
      .map(([[a, { colour }], [b, other]]) => ({ pair: `${a} ${b}`, by: difference(colour, other.colour, sight) }))
      .filter(({ by }) => by < 20);
    expect(close).toEqual([]);
  });

  test('differ in their outline too, seen without any colour', () => {
    expect(new Set(teams.map((label) => lookOf(label).outline)).size).toBe(teams.length);
  });
});

describe('every look', () => {
  const all = [...teams, ...anyLabels].map(lookOf);

  test('has words that stand out of their plate', () => {
    const faint = [...all, ballLook].filter(({ colour, ink }) => contrast(colour, ink) < 4.5);
    expect(faint).toEqual([]);
  });

  test('has a rim that stands out of its line', () => {
    const faint = [...all, ballLook].filter(({ colour, halo }) => contrast(colour, halo) < 3);
    expect(faint).toEqual([]);
  });

  test('is the same each time, and not that of every label', () => {
    expect(lookOf('person')).toBe(lookOf('person'));
    expect(new Set(all).size).toBeGreaterThan(15);
  });

  test('is there for labels that are names of an object’s own members', () => {
    expect(lookOf('constructor').colour).toMatch(/^#/);
    expect(lookOf('').colour).toMatch(/^#/);
  });
});

test('contrast is measured as WCAG says', () => {
  expect(contrast('#000000', '#ffffff')).toBe(21);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});
