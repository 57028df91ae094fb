import type { Candidate } from '../candidate.ts';

type Labelled = Pick<Candidate, 'label' | 'labelRaw'>;

/** A class by its number: the first label is that of number `first`. */
export function byNumber(labelRaw: unknown, labels: readonly string[], first = 0): Labelled {
  return { label: typeof labelRaw === 'number' ? labels[labelRaw - first] : undefined, labelRaw };
}

/** A class by its name: it needs no manifest to be known. */
export function byName(labelRaw: unknown): Labelled {
  return { label: typeof labelRaw === 'string' && labelRaw !== '' ? labelRaw : undefined, labelRaw };
}

/** The type decides: a text is a name, a number one of the manifest's. */
export function byNameOrNumber(labelRaw: unknown, labels: readonly string[], first = 0): Labelled {
  return typeof labelRaw === 'number' ? byNumber(labelRaw, labels, first) : byName(labelRaw);
}

/** The name where there is one, else the number. */
export function byNameElseNumber(name: unknown, number: unknown, labels: readonly string[], first = 0): Labelled {
  const named = byName(name);
  return named.label !== undefined || number === undefined ? named : byNumber(number, labels, first);
}

/** Of a text that was read, which has no class: the manifest's first label, or `text`. */
export function textLabel(labels: readonly string[]): Labelled {
  const label = labels[0] ?? 'text';
  return { label, labelRaw: label };
}
