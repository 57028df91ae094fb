import { realpath } from 'node:fs/promises';
import { delimiter, dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SiltstoneError } from '../errors.ts';
import type { Settings } from '../settings.ts';

/** The folders whose files may be read for somebody outside. */
export interface Roots {
  /** Whether a path lies below one, as it is written. */
  mayHold(path: string): boolean;
  /** Where a path really leads. @throws SiltstoneError `input_refused` where that is outside, or nowhere */
  locate(path: string): Promise<string>;
}

const samplesDir = fileURLToPath(new URL('../../samples', import.meta.url));

/** @param uploadsDir what was uploaded may be read as well */
export function openRoots({ serve_roots }: Pick<Settings, 'serve_roots'>, uploadsDir: string): Roots {
  const given = serve_roots.split(delimiter).filter((dir) => dir !== '');
  const roots = [...given.map((dir) => resolve(dir)), samplesDir, uploadsDir];
  const mayHold = (path: string): boolean => roots.some((root) => isBelow(path, root));
  return {
    mayHold,
    locate: async (path) => {
      const realRoots = await Promise.all(roots.map((root) => realOf(root)));
      for (const place of placesOf(path, roots)) {
        const real = await realOf(place);
        if (real !== undefined && realRoots.some((root) => root !== undefined && isBelow(real, root))) return real;
      }
      // Whether there is such a file elsewhere is not told.
      throw new SiltstoneError('input_refused', `${path} is no file below serve_roots`);
    },
  };
}

/** What a path may mean: from here, below a root, or a root's own name in front. */
const placesOf = (path: string, roots: readonly string[]): readonly string[] => [
  resolve(path),
  ...roots.flatMap((root) => [join(root, path), join(dirname(root), path)]),
];

const isBelow = (path: string, root: string): boolean =>
  path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);

/** A byte 0 in it is an error of its own, and no path either. */
const realOf = (path: string): Promise<string | undefined> => realpath(path).catch(() => undefined);
