import type { Add } from './actions.ts';

const tag = 'siltstone.whole';

/** A tag of a data file that holds columns beside the contract's whole: in each row what the siltstone that has them would write. */
export function wholeColumnsTag(columns: readonly string[]): Readonly<Record<string, string>> {
  return columns.length === 0 ? {} : { [tag]: columns.join(',') };
}

/**
 * Which columns beside the contract's a file holds whole. One that is not named may be there, with rows that lack it: a
 * merge of old files and new ones, a rewrite by another engine.
 */
export const wholeColumns = ({ tags }: Add): readonly string[] => (tags?.[tag] ?? '').split(',').filter(Boolean);
