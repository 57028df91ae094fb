import { z } from 'zod';
import { isWriterGone, openJobEmitter, writerIdentity } from '../emitters/index.ts';
import { endsAJob, inboxIdForReading, listStreams, type StreamFile, withOpen } from '../inbox/index.ts';
import { removeBegun } from '../inference/index.ts';
import { openLocalStorage, type Storage, untaken } from '../lake/index.ts';
import { openReader, readSql } from '../query/index.ts';
import type { Settings } from '../settings.ts';

/** A job that has begun, will never end by itself, and does not say so. */
export interface InterruptedJob {
  readonly jobId: string;
  readonly plugin: string;
  readonly device: string;
  /** The last process that wrote for it. */
  readonly host: string;
  readonly pid: number;
  /** Paths of what it was to save. */
  readonly files: readonly string[];
}

const openedLine = z.object({
  event: z.literal('stream.opened'),
  sdk: z.literal('siltstone'),
  host: z.string(),
  pid: z.int(),
  attrs: writerIdentity,
});

const pathsSchema = z.array(z.string());

/** Whoever started the job may be about to tell its end. */
const quietMsMin = 10_000;
const openedBytesMax = 16 * 1024;

/**
 * Jobs that a crash of everything left `queued` or `running`. Only where it is certain: every stream of the job is of an
 * emitter of ours, and each of their processes is gone, on this machine.
 */
export async function findInterrupted(settings: Settings, now = Date.now()): Promise<readonly InterruptedJob[]> {
  const storage = openLocalStorage(settings.warehouse);
  const abandoned = await abandonedJobs(storage, now);
  if (abandoned.size === 0) return [];
  const reader = await openReader(settings);
  try {
    const ids = JSON.stringify([...abandoned.keys()]);
    const rows = await reader.rows(readSql('care/unfinished_jobs.sql'), [ids]);
    return rows.flatMap(({ job_id, plugin, device, files: asked }) => {
      const writer = abandoned.get(String(job_id));
      const files = pathsSchema.parse(JSON.parse(String(asked)));
      return writer
        ? [{ jobId: String(job_id), plugin: String(plugin), device: String(device), files, ...writer }]
        : [];
    });
  } finally {
    await reader.close();
  }
}

/**
 * Says of each that it ended, as an error, and removes what it had begun to save. Two that do so at once say and do the
 * same.
 */
export async function endInterrupted(settings: Settings): Promise<readonly InterruptedJob[]> {
  const jobs = await findInterrupted(settings);
  for (const { jobId, plugin, device, host, pid, files } of jobs) {
    await removeBegun(jobId, files);
    const { warehouse } = settings;
    const emitter = openJobEmitter({ warehouse, jobId, plugin, processName: 'interrupted', strict: true });
    const error_message = `interrupted: its process, pid ${pid} on ${host}, has gone without a word`;
    emitter.status({ device, status: 'error', error_message, attrs: { code: 'interrupted' } });
    emitter.close();
  }
  return jobs;
}

type Writer = Pick<InterruptedJob, 'host' | 'pid'>;

/** Jobs of the inbox that nobody writes to any more and whose streams' ends say nothing of an end. */
async function abandonedJobs(storage: Storage, now: number): Promise<ReadonlyMap<string, Writer>> {
  const byJob = new Map<string, StreamFile[]>();
  for (const stream of await listStreams(storage, await inboxIdForReading(storage))) {
    if (stream.jobId === undefined) continue;
    const streams = byJob.get(stream.jobId);
    if (streams === undefined) byJob.set(stream.jobId, [stream]);
    else streams.push(stream);
  }
  const found = new Map<string, Writer>();
  for (const [jobId, streams] of byJob) {
    const quietMs = now - Math.max(...streams.map(({ modifiedAt }) => modifiedAt));
    const writer = quietMs > quietMsMin ? await goneWriter(streams, quietMs) : undefined;
    if (writer !== undefined) found.set(jobId, writer);
  }
  return found;
}

async function goneWriter(streams: readonly StreamFile[], quietMs: number): Promise<Writer | undefined> {
  let last: Writer | undefined;
  for (const stream of streams) {
    const opened = await openedOf(stream);
    if (opened === undefined || !isWriterGone(opened.pid, opened.attrs, quietMs)) return undefined;
    if (await endsAJob({ ...stream, stream: stream.base, from: untaken })) return undefined;
    last = { host: opened.host, pid: opened.pid };
  }
  return last;
}

async function openedOf({ file }: StreamFile): Promise<z.infer<typeof openedLine> | undefined> {
  try {
    const head = await withOpen(file, async (handle) => {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(openedBytesMax), 0, openedBytesMax, 0);
      return buffer.toString('utf8', 0, bytesRead);
    });
    return openedLine.safeParse(JSON.parse(head.split('\n', 1)[0] ?? '')).data;
  } catch {
    // Not a line of ours, or taken away meanwhile: nothing is certain of its job.
    return undefined;
  }
}
