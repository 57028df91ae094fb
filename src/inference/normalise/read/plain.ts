import type { Candidate } from '../candidate.ts';
import type { Dialect } from '../dialect.ts';
import { members, ofSome } from './evidence.ts';
import { at, type Fields } from './fields.ts';
import { four } from './geometry.ts';
import { byNameElseNumber } from './labels.ts';

/**
 * What the plain forms share: those of programs that nobody wrote down. Two of them fit each payload, so that none is ever
 * taken undeclared; they are the candidates that an ambiguous one names.
 */
export const plainObject = {
  source: 'https://www.rfc-editor.org/rfc/rfc8259',
  checked: 'verified',
  payload: 'json',
  unit: 'px or ratio',
  score: 'always',
  label: 'name or number',
  also: ['track id'],
  note: 'Where nothing is declared it is ambiguous: only the declaration says which corner the numbers count from.',
} as const satisfies Partial<Dialect>;

export const hasSides = (payload: unknown, sides: readonly string[]): readonly string[] =>
  ofSome(payload, (item) => members(item, sides));

type Numbers = readonly [number, number, number, number];

/** Evidence of a list of four in each item; empty where one of them does not fit. */
export function hasBox(payload: unknown, fits: (box: Numbers) => boolean): readonly string[] {
  const found = ofSome(payload, (item) => {
    const inBbox = members(item, ['bbox:four']);
    return inBbox.length > 0 ? inBbox : members(item, ['box:four']);
  });
  if (found.length === 0 || !Array.isArray(payload)) return [];
  const boxes = payload.map((item: unknown) => four(at(item, 'bbox') ?? at(item, 'box')));
  return boxes.every((box) => box === undefined || fits(box as Numbers)) ? found : [];
}

export const boxIn = (item: Fields) => four(item.bbox ?? item.box);

export const scoreIn = (item: Fields): unknown => item.score ?? item.confidence;

/** A class that is a number is one of the manifest’s. */
export function labelIn(item: Fields, labels: readonly string[]): Pick<Candidate, 'label' | 'labelRaw'> {
  const { label, name, class: class_, class_id: id } = item;
  const texts = [label, name, class_].filter((one) => typeof one === 'string');
  return byNameElseNumber(
    texts[0],
    [class_, id, label].find((one) => typeof one === 'number'),
    labels,
  );
}
