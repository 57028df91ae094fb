import { type JobEmitter, openJobEmitter } from '../emitters/index.ts';
import type { Row } from '../engine.ts';
import { SiltstoneError } from '../errors.ts';
import { makeOutputReader, type OutputReader, recordRead, sha256Of, undeclared } from '../inference/index.ts';
import { type Reader, readSql } from '../query/index.ts';
import { boxOf, issueOf, outputOf, type Ran, ranOf } from './kept.ts';

export interface RereadOptions {
  readonly warehouse: string;
  readonly jobId: string;
  /** Names of the classes, in place of those that the job kept. */
  readonly labels?: readonly string[] | undefined;
  /** In place of the one that the outputs were declared to be in. */
  readonly dialect?: string | undefined;
  /** So many frames are in memory at a time. */
  readonly framesAtOnce?: number;
}

/** What came of one tool's outputs. */
export interface Reread {
  readonly plugin: string;
  readonly tool: string;
  readonly generation: number;
  readonly frames: number;
  /** Those whose raw output was kept; of the others the boxes are as they were. */
  readonly frames_read: number;
  readonly detections_before: number;
  readonly detections: number;
  readonly issues_before: number;
  readonly issues: number;
}

const framesAtOnceByDefault = 200;

/**
 * Reads the raw outputs that an ended job kept with today's code, and writes detections and issues that stand in the place of
 * those before: into one stream, which counts once its last events are there. All of them stay in the lake.
 * @throws SiltstoneError `bad_usage`, `job_running`, `nothing_kept`, `labels_unknown`
 */
export async function rereadJob(reader: Reader, options: RereadOptions): Promise<readonly Reread[]> {
  const { jobId, warehouse } = options;
  const ran = await endedJob(reader, jobId);
  const tools = (await reader.rows(readSql('reread/tools.sql'), [jobId])).map((row) => toolOf(row, ran, options));
  const [first] = tools;
  if (first === undefined) throw new SiltstoneError('nothing_kept', `no raw output of the job ${jobId} was kept`);
  const emitter = openJobEmitter({ warehouse, jobId, plugin: first.plugin, processName: 'normalise', strict: true });
  try {
    for (const tool of tools) await readTool({ reader, emitter, options }, tool);
    // Everything before is on disk: what these say is then true.
    await emitter.flush();
    for (const { plugin, tool, generation, sum } of tools) {
      const { firstFrame: first_frame, lastFrame: last_frame } = sum;
      emitter.eventLog.append('output.normalised', { plugin, tool, generation, first_frame, last_frame });
    }
    await emitter.flush();
    return tools.map(told);
  } finally {
    emitter.close();
  }
}

async function endedJob(reader: Reader, jobId: string): Promise<Ran> {
  const [job] = await reader.rows(readSql('reread/job.sql'), [jobId]);
  if (job === undefined) throw new SiltstoneError('bad_usage', `there is no job ${jobId} in this warehouse`);
  if (job.status === 'queued' || job.status === 'running') {
    throw new SiltstoneError('job_running', `the job ${jobId} has not ended: it is ${job.status}`);
  }
  return ranOf(job.ran);
}

/** A tool of the job, how its outputs are read, and what has come of them so far. */
interface KeptTool {
  readonly plugin: string;
  readonly tool: string;
  /** Of the reading that begins. */
  readonly generation: number;
  readonly detectionsBefore: number;
  readonly issuesBefore: number;
  readonly outputs: OutputReader;
  readonly sum: Sum;
}

interface Sum {
  firstFrame: number;
  lastFrame: number;
  frames: number;
  framesRead: number;
  detections: number;
  issues: number;
}

function toolOf(row: Row, ran: Ran, { labels: given, dialect = undeclared, jobId }: RereadOptions): KeptTool {
  const { plugin, tool, labels_sha256, generation, detections, issues } = row;
  const labels = given ?? ran.labels ?? [];
  if (given === undefined && labels_sha256 !== null && labels_sha256 !== sha256Of(labels)) {
    throw new SiltstoneError('labels_unknown', `the labels that ${plugin} had in the job ${jobId} were not kept`);
  }
  return {
    plugin: String(plugin),
    tool: String(tool),
    generation: Number(generation) + 1,
    detectionsBefore: Number(detections),
    issuesBefore: Number(issues),
    outputs: makeOutputReader({ labels, dialect, tool: ran }),
    sum: { firstFrame: 0, lastFrame: 0, frames: 0, framesRead: 0, detections: 0, issues: 0 },
  };
}

interface Reading {
  readonly reader: Reader;
  readonly emitter: JobEmitter;
  readonly options: RereadOptions;
}

/** Every frame of one tool, in their order, a number of them at a time. */
async function readTool({ reader, emitter, options }: Reading, tool: KeptTool): Promise<void> {
  const { jobId, framesAtOnce = framesAtOnceByDefault } = options;
  let from = Number.MIN_SAFE_INTEGER;
  for (;;) {
    const values = [jobId, tool.plugin, tool.tool, from, framesAtOnce];
    const frames = framesIn(await reader.rows(readSql('reread/outputs.sql'), values));
    for (const [frame, rows] of frames) readFrame({ emitter, options, tool }, frame, rows);
    await emitter.flush();
    if (frames.size < framesAtOnce) return;
    from = tool.sum.lastFrame + 1;
  }
}

/** Rows come frame by frame. */
function framesIn(rows: readonly Row[]): ReadonlyMap<number, readonly Row[]> {
  const frames = new Map<number, Row[]>();
  for (const row of rows) {
    const frame = Number(row.frame_index);
    const known = frames.get(frame);
    if (known === undefined) frames.set(frame, [row]);
    else known.push(row);
  }
  return frames;
}

interface FrameWork {
  readonly emitter: JobEmitter;
  readonly options: RereadOptions;
  readonly tool: KeptTool;
}

function readFrame({ emitter, options, tool }: FrameWork, frame: number, rows: readonly Row[]): void {
  const { plugin, tool: name, generation, outputs, sum } = tool;
  const source = { plugin, tool: name, frame_index: frame };
  const raw = rows.filter(({ kind }) => kind === 'raw').map(outputOf);
  const results =
    raw.length > 0
      ? raw.map((output) => outputs.read({ ...output, ...(options.dialect && { dialect: options.dialect }) }))
      : [asItWas(outputs, rows)];
  for (const result of results) {
    recordRead(emitter, source, result, { isRawKept: true, generation });
    sum.detections += result.detections.length;
    sum.issues += result.issues.length;
  }
  if (sum.frames === 0) sum.firstFrame = frame;
  sum.lastFrame = frame;
  sum.frames++;
  if (raw.length > 0) sum.framesRead++;
}

/** Of a frame whose raw output was not kept: nothing is changed but the tracks, which go through all frames. */
function asItWas(outputs: OutputReader, rows: readonly Row[]) {
  const detections = outputs.follow(rows.filter(({ kind }) => kind === 'box').map(boxOf));
  return { detections, candidates: [], issues: rows.filter(({ kind }) => kind === 'issue').map(issueOf) };
}

function told({ plugin, tool, generation, detectionsBefore, issuesBefore, sum }: KeptTool): Reread {
  return {
    plugin,
    tool,
    generation,
    frames: sum.frames,
    frames_read: sum.framesRead,
    detections_before: detectionsBefore,
    detections: sum.detections,
    issues_before: issuesBefore,
    issues: sum.issues,
  };
}
