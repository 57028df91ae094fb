import type { Storage } from '../lake/index.ts';
import { leftoversOf } from '../query/index.ts';
import type { Fix } from './repair.ts';

/** Files that a crash left on its way into the warehouse. */
export async function planLeftovers(storage: Storage): Promise<readonly Fix[]> {
  const paths = await leftoversOf(storage);
  if (paths.length === 0) return [];
  const [first = ''] = paths;
  return [
    {
      of: paths.length === 1 ? first : `${first} and ${paths.length - 1} more`,
      found: 'a crash left it on its way into the warehouse, more than a day ago',
      proof: 'no reader looks at such a name, and no process takes it up again',
      does: 'removes it',
      apply: async () => {
        for (const path of paths) await removed(storage, path);
        return 'mended';
      },
    },
  ];
}

/** A file, or a folder of scratch with its files. */
async function removed(storage: Storage, path: string): Promise<void> {
  const files = await storage.list(path);
  for (const file of files) await storage.remove(file.path);
  if (/\/\.tmp-[^/]*$/.test(path)) await storage.remove(path);
  else await storage.removeEmptyFolder(path);
}
