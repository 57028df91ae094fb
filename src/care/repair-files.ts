import { type Action, type Add, dataPath, isVacuumedSince, loadSnapshot, rowCountOf, transact } from '../lake/index.ts';
import { verifyFile } from '../query/index.ts';
import type { Fix, Hopeless, RepairBench } from './repair.ts';
import { type Broken, countRetaken, type Lost, writeRetaken } from './retake.ts';

interface FilesPlan {
  readonly fixes: readonly Fix[];
  readonly hopeless: readonly Hopeless[];
}

/** Whether each live file holds what the log says, and where not, whether the inbox still has its lines. */
export async function planFiles(
  bench: RepairBench,
  onProgress: (bytesDone: number, bytesTotal: number) => void,
): Promise<FilesPlan> {
  const { storage, engine } = bench;
  const snapshot = await loadSnapshot(storage, engine);
  const adds = [...snapshot.files.values()];
  const bytesTotal = adds.reduce((sum, { size }) => sum + size, 0);
  const [broken, good, hopeless]: [Add[], Add[], Hopeless[]] = [[], [], []];
  const found = new Map<Add, string>();
  let bytesDone = 0;
  for (const add of adds) {
    onProgress(bytesDone, bytesTotal);
    const looked = await verifyFile(storage, engine, add, snapshot.metaData?.schemaString, true);
    (looked.isBroken ? broken : good).push(add);
    found.set(add, looked.problems.join('; '));
    if (!looked.isBroken && looked.problems.length > 0) hopeless.push(oddFile(add, looked.problems.join('; ')));
    bytesDone += add.size;
  }
  onProgress(bytesDone, bytesTotal);
  if (broken.length === 0) return { fixes: [], hopeless };
  const { retaken, lost } = await countRetaken(bench, snapshot, { broken, good });
  const said = rowsSaid(broken);
  // Lines that retention removed are missing too: without the log's count nobody could tell which are to come back.
  if (said === undefined || retaken > said) return { fixes: [], hopeless: [...hopeless, ...unclear(broken, found)] };
  return { fixes: [retakeFix(bench, { broken, good }, found, { retaken, said, lost })], hopeless };
}

function oddFile({ path }: Add, found: string): Hopeless {
  const advice =
    'Its rows are there and are counted. It is of another program: ask what it did. Nothing is changed here.';
  return { of: dataPath(path), found, advice };
}

function unclear(broken: readonly Add[], found: ReadonlyMap<Add, string>): readonly Hopeless[] {
  const advice = 'Which lines it held cannot be told from the log. Put the file back from a backup.';
  return broken.map((add) => ({ of: dataPath(add.path), found: found.get(add) ?? '', advice }));
}

/** Rows of some files as the log counts them; undefined where it does not say. */
function rowsSaid(adds: readonly Add[]): number | undefined {
  const counts = adds.map(({ stats }) => rowCountOf(stats));
  return counts.reduce<number | undefined>(
    (sum, count) => (sum === undefined || count === undefined ? undefined : sum + count),
    0,
  );
}

interface Count {
  readonly retaken: number;
  readonly said: number;
  readonly lost: readonly Lost[];
}

/** All broken files in one commit: of which a line was cannot always be told, and that is not needed. */
function retakeFix(
  bench: RepairBench,
  files: Broken,
  found: ReadonlyMap<Add, string>,
  { retaken, said, lost }: Count,
): Fix {
  const names = files.broken.map((add) => `${dataPath(add.path)} ${found.get(add)}`);
  const lostCount = said - retaken;
  return {
    of: files.broken.length === 1 ? 'a data file' : `${files.broken.length} data files`,
    found: names.join('; '),
    proof:
      `of ${said} rows that the log counts, the inbox still holds ${retaken} as lines below the watermarks that no ` +
      'other data file holds',
    does: 'one commit that takes the broken out and these lines in again, in new files; the broken ones are left to vacuum',
    ...(lostCount > 0 && { loses: `${lostCount} events: ${lostText(lost)}` }),
    apply: () => retake(bench, files, retaken),
  };
}

const runsToldMax = 50;

function lostText(lost: readonly Lost[]): string {
  const told = lost.slice(0, runsToldMax).map(({ stream, first, last }) => `lines ${first} to ${last} of ${stream}`);
  return [...told, ...(lost.length > runsToldMax ? [`and ${lost.length - runsToldMax} more runs`] : [])].join(', ');
}

/**
 * The watermarks stay as they are: what comes back lies below them. So no compaction can take a line at the same time, and of
 * two repairs the second finds the broken files gone.
 */
async function retake(bench: RepairBench, files: Broken, planned: number): Promise<'mended' | 'left'> {
  const { storage, engine, settings } = bench;
  const snapshot = await loadSnapshot(storage, engine);
  const written = await writeRetaken(bench, snapshot, files);
  const withdraw = (): Promise<unknown> => Promise.all(written.adds.map(({ path }) => storage.remove(dataPath(path))));
  if (written.rowCount !== planned) {
    await withdraw();
    return 'left';
  }
  const actions: readonly Action[] = [
    ...files.broken.map((add) => ({ remove: removalOf(add) })),
    ...written.adds.map((add) => ({ add })),
  ];
  const committed = await transact(
    storage,
    engine,
    {
      operation: 'REPAIR',
      operationMetrics: { numRemovedFiles: String(files.broken.length), numOutputRows: String(written.rowCount) },
      actionsOn: (newest) => {
        const isAsPlanned = files.broken.every(({ path }) => newest.files.has(path));
        return isAsPlanned && !isVacuumedSince(snapshot, newest) ? actions : undefined;
      },
    },
    settings.commit_attempts_max,
    snapshot,
  );
  if (committed === undefined) await withdraw();
  return committed === undefined ? 'left' : 'mended';
}

function removalOf({ path, partitionValues, size }: Add) {
  return {
    path,
    partitionValues,
    size,
    deletionTimestamp: Date.now(),
    dataChange: true,
    extendedFileMetadata: true,
  };
}
