import { at } from './fields.ts';

export interface NestedList {
  readonly list: unknown;
  readonly path: string;
  /** Where it lies: the number of its ancestor in each list above, the outermost first. */
  readonly indices: readonly number[];
}

/**
 * The lists at the end of a way through lists of objects: of `[{lines: [{words: […]}]}]` by `lines`, `words` each list of
 * words. Where a list on the way is none it is given itself, for its reader to report; one that is left out has nothing in it.
 */
export function within(list: unknown, path: string, names: readonly string[]): readonly NestedList[] {
  return step({ list, path, indices: [] }, names);
}

function step(from: NestedList, [name, ...names]: readonly string[]): readonly NestedList[] {
  if (name === undefined || !Array.isArray(from.list)) return [from];
  return from.list.flatMap((item: unknown, i) => {
    const place = { path: `${from.path}[${i}].${name}`, indices: [...from.indices, i] };
    return step({ ...place, list: at(item, name) ?? [] }, names);
  });
}
