import type { Asked } from './ask.ts';
import type { Markup } from './markup.ts';
import type { ValueKind } from './value-text.ts';

/** One number, or word, that says much. */
export interface Fact {
  readonly label: string;
  readonly value: string;
  readonly note?: string;
  /** Something that somebody has to look at. */
  readonly isBad?: boolean;
}

interface Part {
  readonly title: string;
  readonly asked: Asked;
  readonly note?: string;
  /** Whether it takes the page's whole width. */
  readonly isWide: boolean;
}

export interface Chart extends Part {
  readonly kind: 'chart';
  readonly picture: Markup;
  /** What the colours stand for, in their order. */
  readonly legend?: readonly string[];
  /** The colours, where they are not the first ones. */
  readonly slots?: readonly number[];
}

export interface Column {
  readonly name: string;
  readonly unit: string;
  readonly kind: ValueKind;
}

export interface Table extends Part {
  readonly kind: 'table';
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly unknown[])[];
}

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly parts: readonly (Chart | Table)[];
  /** Said where there are no parts. */
  readonly empty: string;
}

export interface Report {
  readonly title: string;
  /** What it is of, in words. */
  readonly subtitle: string;
  /** How it went, in a word. */
  readonly verdict: string;
  readonly isGood: boolean;
  /** What went wrong, where something did. */
  readonly message: string | undefined;
  readonly facts: readonly Fact[];
  readonly sections: readonly Section[];
  /** What this report does not hold, and why. */
  readonly limits: readonly string[];
}

const unitOf: Readonly<Partial<Record<ValueKind, string>>> = { ms: 'ms', px: 'px' };

/**
 * A table of some columns of an answer.
 * @returns none for no rows: what is not there needs no frame around it
 */
export function table(title: string, asked: Asked, kinds: Readonly<Record<string, ValueKind>>): readonly Table[] {
  if (asked.rows.length === 0) return [];
  const columns = Object.entries(kinds).map(([name, kind]) => ({
    name: name.replace(/_ms$/, '').replaceAll('_', ' '),
    unit: unitOf[kind] ?? '',
    kind,
  }));
  const names = Object.keys(kinds);
  const rows = asked.rows.map((row) => names.map((name) => row[name]));
  const isWide = columns.length > 4 || columns.some(({ kind }) => kind === 'words');
  return [{ kind: 'table', title, asked, columns, rows, isWide }];
}

/** @returns none for no rows */
export function chart(
  title: string,
  asked: Asked,
  picture: (rows: Asked['rows']) => Markup,
  more: Partial<Pick<Chart, 'legend' | 'slots' | 'isWide' | 'note'>> = {},
): readonly Chart[] {
  if (asked.rows.length === 0) return [];
  return [{ kind: 'chart', title, asked, picture: picture(asked.rows), isWide: false, ...more }];
}
