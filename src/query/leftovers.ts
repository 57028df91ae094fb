import { readdir, stat } from 'node:fs/promises';
import { inboxFolder } from '../inbox/index.ts';
import { logFolder, type Storage, tableFolder } from '../lake/index.ts';

const dayMs = 24 * 3_600_000;

/** What a crash left on its way into the warehouse, older than a day: files in scratch, and temporary ones. By path. */
export async function leftoversOf(storage: Storage, now: number = Date.now()): Promise<readonly string[]> {
  const scratch = await childrenOf(storage, `${tableFolder}/_scratch`);
  const beside = await Promise.all(
    [logFolder, `${tableFolder}/_siltstone`, inboxFolder].map((folder) => childrenOf(storage, folder)),
  );
  const temporary = beside.flat().filter((path) => /\/\.tmp-[^/]*$/.test(path));
  const ages = await Promise.all(
    [...scratch, ...temporary].map(async (path) => ({ path, at: await changedAt(storage.locate(path)) })),
  );
  return ages.filter(({ at }) => at !== undefined && now - at > dayMs).map(({ path }) => path);
}

async function childrenOf(storage: Storage, folder: string): Promise<readonly string[]> {
  const names = await readdir(storage.locate(folder)).catch(() => []);
  return names.map((name) => `${folder}/${name}`);
}

const changedAt = async (path: string): Promise<number | undefined> =>
  (await stat(path).catch(() => undefined))?.mtimeMs;
