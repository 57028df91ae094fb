import type { Size } from '../letterbox.ts';
import type { Candidate, Unit } from './candidate.ts';
import type { Issue } from './issues.ts';

/** What a dialect reads from a payload; where a thing has no place in the form, an issue. */
export interface DialectReading {
  readonly candidates: readonly Candidate[];
  readonly issues: readonly Issue[];
  /** Rows that only fill an output up: they are no detections. */
  readonly paddingCount?: number;
  /** The size of the image that the payload speaks of, where it says so. */
  readonly size?: Size | undefined;
}

export interface ReadContext {
  /** Names of the classes by their number. */
  readonly labels: readonly string[];
}

/** Whether the form has a place for a thing: each item has it, some have, or none can. */
export type Says = 'always' | 'optional' | 'never';

/**
 * The form in which a model family or service writes its results: one small file each in dialects/, with a fixture of the
 * same name in test/inference/dialects/. docs/dialects.md is written from it.
 */
export interface Dialect {
  /** Lower-case words with dashes: what a manifest's `dialect` says. */
  readonly name: string;
  /** Who writes so. */
  readonly of: string;
  /** The container with its fields, one line. */
  readonly form: string;
  /** What was read about it. */
  readonly source: string;
  /** `verified` where the form was read in the source; else what was not, in words. */
  readonly checked: 'verified' | `unverified: ${string}`;
  readonly payload: 'json' | 'text';
  /** Corners, or centre and size, and their order. */
  readonly geometry: string;
  readonly unit: Unit;
  readonly score: Says;
  /** A score that is certain: 100 of percentages. 1 where it is left out. */
  readonly scoreFull?: number;
  /** How a class is named; `none` where the form has no place for it: the label is then the manifest's first. */
  readonly label: 'name' | 'number' | 'name or number' | 'none';
  /** What else it can say. */
  readonly also: readonly ('track id' | 'key points' | 'text' | 'frame')[];
  /** What is odd about it, one sentence. */
  readonly note?: string;
  /**
   * What in the payload speaks for this dialect: names of keys, or values in words. Empty where something speaks against
   * it. A dialect whose evidence holds all of another's and more wins over that one. Of an empty list nothing is said.
   */
  readonly recognise: (payload: unknown) => readonly string[];
  /** Never throws, whatever the payload is. */
  readonly read: (payload: unknown, context: ReadContext) => DialectReading;
}
