import { SiltstoneError } from '../errors.ts';
import { checkedAction } from './action-shapes.ts';
import { isAsSealed } from './seal.ts';

/** The actions of the Delta protocol that siltstone writes and reads: PROTOCOL.md, “Actions”. */
export interface Protocol {
  readonly minReaderVersion: number;
  readonly minWriterVersion: number;
}

export interface MetaData {
  /** GUID of the table. */
  readonly id: string;
  readonly format: { readonly provider: string; readonly options: Readonly<Record<string, string>> };
  /** Spark’s JSON of the schema. */
  readonly schemaString: string;
  readonly partitionColumns: readonly string[];
  readonly configuration: Readonly<Record<string, string>>;
  readonly createdTime?: number;
}

export interface Add {
  /** Relative to the table, percent-encoded. */
  readonly path: string;
  readonly partitionValues: Readonly<Record<string, string | null>>;
  readonly size: number;
  /** ms since 1970. */
  readonly modificationTime: number;
  readonly dataChange: boolean;
  /** JSON text of `FileStats`. */
  readonly stats?: string;
  /** Ours holds the file’s checksum: see `checksum.ts`. */
  readonly tags?: Readonly<Record<string, string>>;
}

export interface Remove {
  readonly path: string;
  readonly deletionTimestamp: number;
  readonly dataChange: boolean;
  readonly extendedFileMetadata: boolean;
  readonly partitionValues: Readonly<Record<string, string | null>>;
  readonly size: number;
}

/** The latest version that an application recorded. A record, not a constraint: check it before every commit. */
export interface Txn {
  readonly appId: string;
  readonly version: number;
  /** ms since 1970; ours always says it, for without it the entry would never expire. */
  readonly lastUpdated?: number;
}

export interface CommitInfo {
  readonly timestamp: number;
  readonly operation: string;
  readonly operationMetrics?: Readonly<Record<string, string>>;
  readonly engineInfo: string;
  /** Random: tells after an unknown outcome whether the commit that stands is ours. */
  readonly txnId: string;
  /** Of the whole entry: see `seal.ts`. */
  readonly seal?: string;
}

export interface Action {
  readonly protocol?: Protocol;
  readonly metaData?: MetaData;
  readonly add?: Add;
  readonly remove?: Remove;
  readonly txn?: Txn;
  readonly commitInfo?: CommitInfo;
}

export function serialise(actions: readonly Action[]): string {
  return actions.map((action) => `${JSON.stringify(action)}\n`).join('');
}

/**
 * The actions of one log entry. An empty or torn entry is damage, not an empty commit: what it took would be lost from view.
 * @throws SiltstoneError `lake_damaged`
 */
export function parseActions(content: Buffer, path: string): readonly Action[] {
  const text = content.toString('utf8');
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) throw new SiltstoneError('lake_damaged', `the log entry ${path} is empty`);
  if (!isAsSealed(text)) throw new SiltstoneError('lake_damaged', `the log entry ${path} is not what was written`);
  return lines.map((line, i) => {
    try {
      return parseAction(line);
    } catch (cause) {
      throw new SiltstoneError('lake_damaged', `line ${i + 1} of the log entry ${path} is no action`, { cause });
    }
  });
}

function parseAction(line: string): Action {
  return checkedAction(JSON.parse(line));
}
