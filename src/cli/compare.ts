import type { Command } from 'commander';
import { type Comparison, compareJobs, judge } from '../compare/index.ts';
import { addCommand, type CommonOptions, jobId, numberIn, settingsOf } from './command.ts';
import { say, write, writeJson, writeLine } from './output.ts';
import { objectTable } from './result-table.ts';
import { countText } from './text.ts';
import { withReader } from './with-reader.ts';

interface CompareOptions extends CommonOptions {
  readonly iou: number;
  readonly minMatch?: number;
  readonly maxScoreDiff?: number;
  readonly maxLatencyRatio?: number;
  readonly json?: boolean;
}

export function addCompare(program: Command): void {
  addCommand(program, {
    name: 'compare',
    summary: 'compares the detections and the latencies of two jobs',
    details:
      'Boxes of one frame and label are given to each other so that their IoU is greatest in all; a pair has at least the ' +
      'IoU of --iou. The match ratio is matched ÷ (matched + only in A + only in B). Latencies are those of runs that ' +
      'succeeded, ratios are B ÷ A. Exit code 1 where something is past a limit that was given; what cannot be told, such ' +
      'as a score that one job lacks, is past it too.',
    examples: [
      ['siltstone compare before after', 'what a new version of a plugin changed'],
      [
        'siltstone compare before after --min-match 0.99 --max-score-diff 0.02 --max-latency-ratio 1.2',
        'as a gate in CI: ends with 1 for a regression',
      ],
      ['siltstone compare before after --iou 0.9 --json', 'with boxes that have to fit better, as JSON'],
    ],
  })
    .argument('<job-a>', 'the job that is compared with', jobId)
    .argument('<job-b>', 'the job that is looked at', jobId)
    .option('--iou <share>', 'the least IoU of a pair', numberIn(0, 1), 0.5)
    .option('--min-match <ratio>', 'the least match ratio', numberIn(0, 1))
    .option('--max-score-diff <diff>', 'the greatest difference of the scores of a pair', numberIn(0, 1))
    .option('--max-latency-ratio <ratio>', 'the greatest ratio of the median runs', numberIn(0))
    .option('--json', 'gives JSON')
    .action(compare);
}

async function compare(a: string, b: string, options: CompareOptions): Promise<void> {
  const found = await withReader(settingsOf(options), (reader) => compareJobs(reader, { a, b }, options.iou));
  const failures = judge(found, options);
  if (options.json) await writeJson({ ...found, failures });
  else await printComparison(found);
  for (const failure of failures) say(`past its limit: ${failure}`);
  if (failures.length > 0) process.exitCode = 1;
}

async function printComparison({ job_a, job_b, iou, frames, boxes, latencies }: Comparison): Promise<void> {
  await writeLine(`A ${job_a}, B ${job_b}: ${countText(frames.both, 'frame')} in both${aloneText(frames, 'only in')}`);
  await writeLine(
    `boxes: ${boxes.matched} matched at an IoU of ${iou} or more, ${boxes.only_a} only in A, ` +
      `${boxes.only_b} only in B: match ratio ${rounded(boxes.match_ratio)}`,
  );
  if (boxes.scores_missing > 0) await writeLine(`${boxes.scores_missing} matched have a score in one job only`);
  if (boxes.texts_differ > 0) await writeLine(`${boxes.texts_differ} matched have another text`);
  await writeLine();
  await write(objectTable([figuresOf(boxes)]));
  const ious = boxes.ious.filter((one) => one.boxes > 0).map((one) => ({ 'IoU from': one.from, boxes: one.boxes }));
  await writeTable(ious);
  await writeTable(latencies.map((one) => roundedAll({ ...one })));
  await writeTable(boxes.frames.map((one) => roundedAll({ ...one })));
}

const figuresOf = ({ iou_mean, iou_min, score_diff_mean, score_diff_max }: Comparison['boxes']) =>
  roundedAll({ iou_mean, iou_min, score_diff_mean, score_diff_max });

const aloneText = ({ only_a, only_b }: Comparison['frames'], words: string): string =>
  only_a + only_b === 0 ? '' : `, ${only_a} ${words} A, ${only_b} ${words} B`;

async function writeTable(rows: readonly object[]): Promise<void> {
  if (rows.length > 0) await write(`\n${objectTable(rows)}`);
}

const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;

const roundedAll = (row: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === 'number' ? rounded(value) : value]),
  );
