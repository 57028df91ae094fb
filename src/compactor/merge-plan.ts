import type { Add } from '../lake/index.ts';

/** Files of one partition that become one. */
export interface MergePlan {
  readonly partitionValues: Add['partitionValues'];
  readonly adds: readonly Add[];
  readonly bytes: number;
}

export interface MergeLimits {
  /** What a merged file should have; a file of half of it is left alone. */
  readonly fileBytes: number;
  /** UTC day, `2026-11-24`: its partitions get many more files. */
  readonly today: string;
}

/** Files that one merge opens, at most. */
const filesMax = 200;
/** From how many files on those of today, or of another day, are merged. */
const openFilesMin = 8;
const closedFilesMin = 2;
/** Files under this many bytes are merged whatever their sizes are to each other. */
const tinyBytes = 1024 * 1024;

/** What to merge, old days first. Pure: see docs/decisions/0005-maintenance.md. */
export function planMerges(files: Iterable<Add>, { fileBytes, today }: MergeLimits): readonly MergePlan[] {
  const partitions = new Map<string, Add[]>();
  for (const add of files) {
    if (add.size >= fileBytes / 2) continue;
    const key = `${add.partitionValues.date}/${add.partitionValues.event}`;
    const known = partitions.get(key);
    if (known) known.push(add);
    else partitions.set(key, [add]);
  }
  const keys = [...partitions.keys()].sort();
  return keys
    .flatMap((key) => bins(partitions.get(key) ?? [], fileBytes))
    .filter(({ adds, partitionValues: { date } }) => adds.length >= (date === today ? openFilesMin : closedFilesMin));
}

/** Files by size, smallest first, in bins: a file that is more than twice what its bin has begins the next one. */
function bins(adds: readonly Add[], fileBytes: number): readonly MergePlan[] {
  const found: { partitionValues: Add['partitionValues']; adds: Add[]; bytes: number }[] = [];
  for (const add of adds.toSorted((a, b) => a.size - b.size || (a.path < b.path ? -1 : 1))) {
    const bin = found.at(-1);
    const fits =
      bin !== undefined &&
      bin.adds.length < filesMax &&
      bin.bytes + add.size <= fileBytes &&
      add.size <= Math.max(tinyBytes, 2 * bin.bytes);
    if (fits) {
      bin.adds.push(add);
      bin.bytes += add.size;
    } else found.push({ partitionValues: add.partitionValues, adds: [add], bytes: add.size });
  }
  return found;
}
