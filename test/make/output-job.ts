import { openJobEmitter } from '../../src/emitters/index.ts';
import { letterboxOf } from '../../src/inference/letterbox.ts';
import { recordOutput, sha256Of } from '../../src/inference/record-output.ts';
import { makeOutputReader } from '../../src/inference/tool-run.ts';
import { trackerDefaults } from '../../src/inference/track/options.ts';
import type { Warehouse } from './warehouse.ts';

const labels = ['person', 'ball'];
const letterbox = letterboxOf({ width: 200, height: 100 }, { width: 100, height: 100 });
const times = { preprocessMs: 0, inferenceMs: 0, postprocessMs: 0 };

/** A row of the dialect xyxy-score-class: a person at `x` px of the model's input. */
export const row = (x: number, score: number | null = 0.75) => [x, 40, x + 20, 60, score, 0];

export interface OutputJob {
  readonly jobId?: string;
  readonly dialect?: string;
  readonly payloads?: readonly unknown[];
  readonly keepRaw?: 'always' | 'issues' | 'never';
  readonly keptLabels?: readonly string[] | undefined;
  readonly tracks?: boolean;
  readonly ends?: boolean;
}

/** A job as the pipeline records one: an output a frame of 200 × 100 px, letterboxed into 100 × 100. */
export function writeOutputs({ path: warehouse }: Pick<Warehouse, 'path'>, given: OutputJob = {}): void {
  const { jobId = 'j', payloads = [[row(10)], [], [row(12, null)]], keepRaw = 'always', tracks = false } = given;
  const { dialect = 'xyxy-score-class', keptLabels = labels, ends = true } = given;
  const job = openJobEmitter({ warehouse, jobId, plugin: 'p', strict: true });
  const tool = { tracks, single: [], tracker: trackerDefaults };
  const outputs = makeOutputReader({ labels, dialect, tool });
  job.status({ status: 'running', device: 'cpu', attrs: { labels: keptLabels, ...tool } });
  payloads.forEach((payload, frame_index) => {
    const result = outputs.read({ payload: payload as never, letterbox, issues: [], ...times });
    recordOutput(job, { plugin: 'p', tool: 't', frame_index }, result, { keepRaw, labelsSha256: sha256Of(labels) });
  });
  if (ends) job.status({ status: 'done', device: 'cpu', duration_ms: 1 });
  job.close();
}
