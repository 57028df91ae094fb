import { posix } from 'node:path';
import { importsOf } from '../syntax.ts';
import type { Rule } from '../tree.ts';

/** The house from the ground up: a room may use the rooms below its own row. */
const rows = [
  ['errors', 'units'],
  ['settings'],
  ['engine'],
  ['events'],
  ['emitters', 'lake'],
  ['inbox'],
  ['compactor', 'query', 'inference'],
  ['care', 'compare', 'metrics', 'report', 'reread'],
  ['server'],
  ['cli', 'index'],
];

/** Jobs emit events and know nothing of the lake: it may be down, elsewhere or of another version. */
const closed: Readonly<Record<string, readonly string[]>> = { inference: ['lake', 'inbox'] };

/** Imports point downwards only. */
export const importsPointDownwards: Rule = (file) => {
  const from = roomOf(file.path);
  if (from === undefined) return [];
  return importsOf(file)
    .filter(({ from: specifier }) => specifier.startsWith('.'))
    .map(({ from: specifier }) => posix.join(posix.dirname(file.path), specifier))
    .flatMap((target) => {
      const to = roomOf(target);
      if (to === undefined) return [`imports ${target}, which is outside src`];
      return mayImport(from, to) ? [] : [`${from} must not import ${to}`];
    });
};

function mayImport(from: string, to: string): boolean {
  if (from === to) return true;
  return rowOf(to) < rowOf(from) && !(closed[from] ?? []).includes(to);
}

function rowOf(room: string): number {
  const row = rows.findIndex((names) => names.includes(room));
  if (row < 0) throw new Error(`the room ${room} has no place in the house: see DESIGN and ${import.meta.url}`);
  return row;
}

/** `lake` for `src/lake/commit.ts`, `errors` for `src/errors.ts`; undefined outside `src`. */
function roomOf(path: string): string | undefined {
  return /^src\/([^/.]+)/.exec(path)?.[1];
}
