import type { Storage } from '../lake/index.ts';
import type { Metrics } from '../metrics/index.ts';
import type { Reader, Sandbox } from '../query/index.ts';
import type { Settings } from '../settings.ts';
import type { FramePictures } from './frame-pictures.ts';
import type { Access } from './guard/access.ts';
import type { Ingest } from './ingest.ts';
import type { JobList } from './job-list.ts';
import type { JobQueue } from './job-queue.ts';
import type { Feed } from './live/feed.ts';
import type { Log } from './log.ts';
import type { Machine } from './machine.ts';
import type { Roots } from './roots.ts';
import type { Uploads } from './uploads.ts';

/** What handlers share. */
export interface ServerContext {
  readonly settings: Settings;
  readonly log: Log;
  readonly version: string;
  readonly storage: Storage;
  /** One query after another: for what is quick. */
  readonly reader: Reader;
  /** For SQL of anybody. */
  readonly sandbox: Sandbox;
  readonly jobs: JobList;
  readonly ingest: Ingest;
  /** For those who look on. */
  readonly feed: Feed;
  /** Counts of the whole warehouse. */
  readonly metrics: Metrics;
  readonly access: Access;
  readonly queue: JobQueue;
  readonly uploads: Uploads;
  /** Whose files may be read. */
  readonly roots: Roots;
  readonly pictures: FramePictures;
  readonly pluginDirs: readonly string[];
  /** Plugins and devices of this machine. */
  readonly machine: Machine;
  /** Aborted when the server begins to end. */
  readonly ending: AbortSignal;
}
