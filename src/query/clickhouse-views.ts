import { SiltstoneError } from '../errors.ts';
import { type ViewFile, viewFiles } from './sql-files.ts';

/**
 * The views of sql/clickhouse over a lake, in the order in which they are made.
 * @param lake what gives the lake's rows: a table function such as `deltaLake('s3://…')`, or a table
 * @throws SiltstoneError `bad_usage`
 */
export function clickHouseViews(lake: string): readonly ViewFile[] {
  if (!/^[a-z_][\w.]*\s*(\(.*\))?$/is.test(lake.trim())) {
    throw new SiltstoneError('bad_usage', `${lake} is neither a table function with its arguments nor a table`);
  }
  return viewFiles('clickhouse').map((view) => ({ ...view, sql: view.sql.replace('{{lake}}', () => lake.trim()) }));
}

/** The table function of a lake on the server's own disk. */
export function localLake(folder: string): string {
  return `deltaLakeLocal('${folder.replace(/[\\']/g, String.raw`\$&`)}')`;
}
