import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { type Letterbox, letterboxOf } from '../../../src/inference/letterbox.ts';
import { type Detection, dialects, type Issue } from '../../../src/inference/normalise/index.ts';

/** What NAME.json beside this file holds: outputs in the dialect NAME, and what is read from them. */
export interface Fixture {
  readonly frame: readonly [width: number, height: number];
  /** Size of the model's input, where px are counted there; the frame's where it is left out. */
  readonly input?: readonly [width: number, height: number];
  readonly labels: readonly string[];
  /** Dialects that fit the same payload and read it differently: undeclared, it is ambiguous. */
  readonly ambiguous_with?: readonly string[];
  /** Dialects whose outputs are in this form as well, in another meaning: declared as this, they are this. */
  readonly also_in_form?: readonly string[];
  /** The first is the ordinary one: it speaks for the dialect. */
  readonly cases: readonly [FixtureCase, ...FixtureCase[]];
}

interface FixtureCase {
  /** Ends the sentence “it reads …”. */
  readonly reads: string;
  readonly payload: unknown;
  readonly detections: readonly Detection[];
  readonly issues: readonly Pick<Issue, 'code' | 'path'>[];
  readonly unitsInferred?: 'px' | 'ratio';
  readonly paddingCount?: number;
}

/** Writes detections in a dialect. What it cannot hold it leaves out; its `holds` says so. */
export interface Writer {
  readonly write: (detections: readonly Detection[], context: WriteContext) => unknown;
  /** What comes back of a detection; unless it is said, the box, the label and the score. */
  readonly holds?: readonly (keyof Detection)[];
}

export interface WriteContext {
  readonly frame: { readonly width: number; readonly height: number };
  readonly labels: readonly string[];
}

/** The four corners of a box, in the order of the clock, from the left top one. */
export const outlineOf = ({ x1, y1, x2, y2 }: Detection) => [
  { x: x1, y: y1 },
  { x: x2, y: y1 },
  { x: x2, y: y2 },
  { x: x1, y: y2 },
];

const here = new URL('./', import.meta.url);

const namesOf = (ending: string): readonly string[] =>
  readdirSync(here)
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length));

const readFixture = (name: string): Fixture => JSON.parse(readFileSync(new URL(`${name}.json`, here), 'utf8'));

/** Every dialect with its fixture, whoever wrote it. */
export const fixtures: readonly (readonly [name: string, fixture: Fixture])[] = dialects
  .filter(({ name }) => existsSync(new URL(`${name}.json`, here)))
  .map(({ name }) => [name, readFixture(name)]);

export const fixtureNames: readonly string[] = namesOf('.json');

export const fixtureCases = fixtures.flatMap(([name, fixture]) =>
  fixture.cases.map((one) => ({ name, fixture, ...one })),
);

export const writers: readonly (readonly [name: string, writer: Writer])[] = await Promise.all(
  namesOf('.write.ts').map(
    async (name) => [name, (await import(new URL(`${name}.write.ts`, here).href)) as Writer] as const,
  ),
);

export function letterboxFor({ frame, input = frame }: Pick<Fixture, 'frame' | 'input'>): Letterbox {
  return letterboxOf(sizeOf(frame), sizeOf(input));
}

const sizeOf = ([width, height]: Fixture['frame']) => ({ width, height });
