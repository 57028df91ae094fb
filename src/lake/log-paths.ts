import { SiltstoneError } from '../errors.ts';

/** The table’s folder in the warehouse. */
export const tableFolder = 'events';
export const logFolder = `${tableFolder}/_delta_log`;
export const lastCheckpointPath = `${logFolder}/_last_checkpoint`;

/** Where the counts of /metrics are kept, beside the table. */
export const totalsPath = 'metrics/totals.json';

const digits = (version: number): string => String(version).padStart(20, '0');

export const commitPath = (version: number): string => `${logFolder}/${digits(version)}.json`;
export const checkpointPath = (version: number): string => `${logFolder}/${digits(version)}.checkpoint.parquet`;

/** The version of a log entry’s path; undefined for any other file. */
export const commitVersion = (path: string): number | undefined => versionIn(path, /\/(\d{20})\.json$/);
export const checkpointVersion = (path: string): number | undefined =>
  versionIn(path, /\/(\d{20})\.checkpoint\.parquet$/);

function versionIn(path: string, pattern: RegExp): number | undefined {
  const found = pattern.exec(path)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** An absolute path, an address, a folder that no reader looks into, a step up or nowhere, a byte that ends a path. */
const outside = /^[/_.]|^[a-z][a-z0-9+.-]*:|(^|\/)\.{0,2}(\/|$)|[\0\\]/i;

/**
 * Where a live file lies in the warehouse: its path in the log is relative to the table and percent-encoded. Whoever
 * writes to the log is not trusted to name any other file of this machine.
 * @throws SiltstoneError `lake_damaged` for a path that does not stay below the table’s folder
 */
export function dataPath(encoded: string): string {
  if (!isTablePath(encoded)) {
    throw new SiltstoneError('lake_damaged', `the log names ${JSON.stringify(encoded)}, which is no file of the table`);
  }
  return `${tableFolder}/${decodeURIComponent(encoded)}`;
}

/** Whether a path of the log can be decoded and stays below the table’s folder. */
export function isTablePath(encoded: string): boolean {
  try {
    return !outside.test(encoded.includes('%') ? decodeURIComponent(encoded) : encoded);
  } catch {
    // Not percent-encoded UTF-8: no path at all.
    return false;
  }
}
