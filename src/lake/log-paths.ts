/** The table’s folder in the warehouse. */
export const tableFolder = 'events';
export const logFolder = `${tableFolder}/_delta_log`;
export const lastCheckpointPath = `${logFolder}/_last_checkpoint`;

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

/** Where a live file lies in the warehouse: its path in the log is relative to the table and percent-encoded. */
export const dataPath = (encoded: string): string => `${tableFolder}/${decodeURIComponent(encoded)}`;
