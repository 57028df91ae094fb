import type { Row } from '../../engine.ts';
import { SiltstoneError } from '../../errors.ts';
import type { Reader } from '../../query/index.ts';
import { durationText } from '../../units.ts';
import { type Ask, asker, numberIn } from '../ask.ts';
import { type Fact, type Report, type Section, table } from '../parts.ts';
import { valueText } from '../value-text.ts';
import { detectionsSection, qualitySection } from './detections.ts';
import { deviceSection } from './device.ts';
import { latencySection, overlaySection } from './latency.ts';
import { pitchSection, tracksSection } from './tracks.ts';

const sections: readonly ((ask: Ask) => Promise<Section>)[] = [
  latencySection,
  deviceSection,
  detectionsSection,
  qualitySection,
  tracksSection,
  pitchSection,
  overlaySection,
  comparisonSection,
  provenanceSection,
];

const limits = [
  'Series over the frames have 240 points at most: of a longer job each point is the mean of so many frames in a row. Tables name their limit above their SQL.',
  'Accuracy needs labels, which the lake does not hold: `siltstone compare` matches the boxes of two jobs.',
  'Pictures are not kept in the lake: `siltstone run --still` and `--video` save them.',
];

/** All that the lake knows of one job. @throws SiltstoneError `bad_usage` where there is none of that id */
export async function jobReport(reader: Reader, jobId: string): Promise<Report> {
  const ask = asker(reader, jobId);
  const [job] = (await ask('job/facts')).rows;
  if (job === undefined) {
    throw new SiltstoneError(
      'bad_usage',
      `there is no job ${jobId}; \`siltstone query "from job_metrics"\` lists them`,
    );
  }
  const made: Section[] = [];
  for (const section of sections) made.push(await section(ask));
  const status = String(job.status);
  return {
    title: jobId,
    subtitle: `${String(job.plugin)} over ${String(job.input ?? 'an input that it did not name')}`,
    verdict: status,
    isGood: status === 'done',
    message: job.error_message === null ? undefined : String(job.error_message),
    facts: factsOf(job, await ask('job/quality'), await ask('job/device')),
    sections: made,
    limits,
  };
}

function factsOf(
  job: Row,
  { rows: [quality = {}] }: { readonly rows: readonly Row[] },
  device: { readonly rows: readonly Row[] },
): readonly Fact[] {
  const frames = numberIn(job, 'frames');
  const ms = numberIn(job, 'duration_ms');
  const issues = numberIn(job, 'issues');
  const [invalid, without] = [numberIn(quality, 'invalid'), numberIn(quality, 'without_score')];
  const failed = numberIn(job, 'failed');
  return [
    {
      label: 'frames',
      value: valueText(frames, 'count'),
      note: failed > 0 ? `${failed} failed` : 'none failed',
      isBad: failed > 0,
    },
    {
      label: 'wall time',
      value: durationText(ms),
      note: job.duration_ms === null ? 'it has not ended' : 'from queue to end',
    },
    { label: 'frames a second', value: ms > 0 ? valueText((frames * 1000) / ms, 'number') : '–', note: 'of wall time' },
    {
      label: 'boxes',
      value: valueText(job.boxes, 'count'),
      note: frames > 0 ? `${valueText(numberIn(job, 'boxes') / frames, 'number')} a frame` : '',
    },
    {
      label: 'issues',
      value: valueText(issues, 'count'),
      note: `${invalid} boxes that cannot be, ${without} without a score`,
      isBad: issues > 0,
    },
    deviceFact(device.rows),
  ];
}

function deviceFact(decisions: readonly Row[]): Fact {
  const last = decisions.at(-1);
  if (last === undefined) return { label: 'device', value: '–', note: 'nothing was decided' };
  const [asked, used] = [String(last.asked), String(last.used)];
  const isBad = last.fallback === true;
  return {
    label: 'device',
    value: isBad ? `${asked} → ${used}` : used,
    note: isBad ? 'a fallback' : 'as asked for',
    isBad,
  };
}

async function comparisonSection(ask: Ask): Promise<Section> {
  const parts = table('This job and the nine before it of the same plugin', await ask('job/before'), {
    job_id: 'text',
    created_at: 'time',
    status: 'text',
    device: 'text',
    frames: 'count',
    p50_ms: 'ms',
    boxes_a_frame: 'number',
    issues_a_frame: 'number',
  });
  return { id: 'before', title: 'Beside earlier jobs', parts, empty: 'There is no other job of this plugin.' };
}

async function provenanceSection(ask: Ask): Promise<Section> {
  const parts = [
    ...table('The job', await ask('job/facts'), {
      plugin: 'text',
      tool: 'text',
      provider: 'text',
      created_at: 'time',
      completed_at: 'time',
      input: 'text',
    }),
    ...table('The processes that wrote its events', await ask('job/processes'), {
      process: 'text',
      host: 'text',
      pid: 'text',
      sdk: 'text',
      sdk_version: 'text',
      opened_at: 'time',
    }),
    ...table('Warnings and errors', await ask('job/log'), {
      created_at: 'time',
      level: 'text',
      logger: 'text',
      message: 'words',
    }),
  ];
  return { id: 'provenance', title: 'Where it comes from', parts, empty: 'Nothing is known of it.' };
}
