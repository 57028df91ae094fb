import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type JobOptions, type JobResult, runJob } from '../inference/index.ts';
import type { Settings } from '../settings.ts';
import { endSignal } from './ending.ts';
import type { Bars } from './progress.ts';

/** One of the demo's jobs. */
interface DemoJob {
  /** What its bar is called, and the end of its id. */
  readonly name: 'tracker' | 'ocr' | 'faulty';
  readonly about: string;
  readonly of: Pick<JobOptions, 'plugin' | 'device'>;
  /** Frames of the clip that it takes; all where it is left out. */
  readonly framesMax?: number;
}

export const demoJobs: readonly DemoJob[] = [
  { name: 'tracker', about: 'player-tracker, asked to run on a gpu', of: { plugin: 'player-tracker', device: 'gpu' } },
  // A scoreboard says nothing new in three seconds, and reading it is the slowest of the three.
  { name: 'ocr', about: 'ocr on the cpu, the first 25 frames', of: { plugin: 'ocr', device: 'cpu' }, framesMax: 25 },
  {
    name: 'faulty',
    about: 'faulty, wrong on purpose: bad outputs, then a crash',
    of: { plugin: 'faulty', device: 'cpu' },
  },
];

export const demoClipPath = fileURLToPath(new URL('../../samples/football.mp4', import.meta.url));
const examplesDir = fileURLToPath(new URL('../../examples', import.meta.url));
/** The frame of the picture: by then every player has been on the pitch for a while. */
const stillFrame = 60;

export interface DemoRound {
  /** Tells the jobs of one demo from those of another. */
  readonly batch: string;
  /** Absolute. */
  readonly warehouse: string;
  readonly settings: Settings;
  readonly bars: Bars;
  readonly frames: number | undefined;
}

/** All three at once, a process each. */
export const runDemoJobs = (round: DemoRound): Promise<readonly JobResult[]> =>
  Promise.all(demoJobs.map((job) => runOne(job, round)));

function runOne({ name, of, framesMax }: DemoJob, { batch, warehouse, settings, bars, frames }: DemoRound) {
  const jobId = `demo-${batch}-${name}`;
  const bar = bars.bar(name, 'frames');
  const limits = [frames, framesMax].filter((limit) => limit !== undefined);
  const lastFrame = Math.min(stillFrame, (frames ?? Number.POSITIVE_INFINITY) - 1);
  return runJob({
    ...of,
    warehouse,
    jobId,
    input: demoClipPath,
    pluginDirs: [examplesDir],
    settings,
    signal: endSignal,
    onProgress: ({ framesDone, framesTotal }) => bar.update(framesDone, framesTotal),
    ...(name === 'tracker' && {
      still: { frame: lastFrame, path: join(warehouse, `${jobId}.png`) },
      video: join(warehouse, `${jobId}.mp4`),
    }),
    ...(limits.length > 0 && { framesMax: Math.min(...limits) }),
  });
}

/** A crash of the faulty plugin is what it is there for; any other job has to be done. */
export const wentAsMeant = (results: readonly JobResult[]): boolean =>
  results.every(({ status, error }, i) => status === 'done' || (isFaulty(i) && error?.code === 'plugin_broken'));

const isFaulty = (i: number): boolean => demoJobs[i]?.name === 'faulty';
