import { type Reader, viewFiles } from '../../src/query/index.ts';

/** What a compaction may change: where an event lies, and the log itself. */
const aboutTheLake: Readonly<Record<string, readonly string[]>> = {
  streams: ['compacted', 'hot'],
};
const ofTheLog = ['lake_files', 'lake_commits'];

const viewNames: readonly string[] = viewFiles().map(({ name }) => name);

/** Every row of a view as JSON text, sorted; without what a compaction may change. */
async function rowsOf(reader: Reader, view: string): Promise<readonly string[]> {
  const left = new Set(aboutTheLake[view] ?? ['hot']);
  const { columns, rows } = await reader.query(`select * from ${view}`, 1_000_000);
  const kept = columns.map(({ name }, i) => ({ name, i })).filter(({ name }) => !left.has(name));
  return rows.map((row) => JSON.stringify(Object.fromEntries(kept.map(({ name, i }) => [name, row[i]])))).sort();
}

/** The rows of every view about events, and of the promoted kinds' views that are named. */
export async function answersOf(
  reader: Reader,
  promoted: readonly string[] = [],
): Promise<Readonly<Record<string, readonly string[]>>> {
  const answers: Record<string, readonly string[]> = {};
  const views = [...viewNames.filter((name) => !ofTheLog.includes(name)), ...promoted];
  for (const view of views) answers[view] = await rowsOf(reader, view);
  return answers;
}
