import type { Row } from '../engine.ts';
import type { Reader } from '../query/index.ts';
import { type Ask, asker, numberIn } from './ask.ts';
import { bars } from './draw/rows.ts';
import { timeBars } from './draw/series.ts';
import { chart, type Fact, type Report, type Section, table } from './parts.ts';
import { valueText } from './value-text.ts';

const sections: readonly ((ask: Ask) => Promise<Section>)[] = [
  jobsSection,
  pluginsSection,
  devicesSection,
  qualitySection,
  overlaySection,
  storageSection,
];

const limits = [
  'Each table names its limit above its SQL: however many jobs there are, this page stays as long as it is.',
];

/** All jobs of a warehouse, of which the latest and the most frequent are named. */
export async function lakeReport(reader: Reader, warehouse: string): Promise<Report> {
  const ask = asker(reader);
  const [found = {}] = (await ask('lake/facts')).rows;
  const made: Section[] = [];
  for (const section of sections) made.push(await section(ask));
  const failed = numberIn(found, 'failed');
  return {
    title: 'All jobs',
    subtitle: `of the warehouse ${warehouse}`,
    verdict: failed === 0 ? 'no job failed' : `${valueText(failed, 'count')} failed`,
    isGood: failed === 0,
    message: undefined,
    facts: factsOf(found),
    sections: made,
    limits,
  };
}

function factsOf(found: Row): readonly Fact[] {
  const jobs = numberIn(found, 'jobs');
  const share = (part: number): string => (jobs === 0 ? '–' : `${valueText((100 * part) / jobs, 'number')} %`);
  const [failed, fellBack] = [numberIn(found, 'failed'), numberIn(found, 'fell_back')];
  return [
    {
      label: 'jobs',
      value: valueText(jobs, 'count'),
      note: `${valueText(numberIn(found, 'open'), 'count')} not ended`,
    },
    { label: 'failed', value: share(failed), note: `${valueText(failed, 'count')} jobs`, isBad: failed > 0 },
    { label: 'fell back', value: share(fellBack), note: `${valueText(fellBack, 'count')} jobs`, isBad: fellBack > 0 },
    { label: 'in the lake', value: valueText(found.rows_in_lake, 'count'), note: 'events, compacted' },
    { label: 'on disk', value: valueText(found.bytes, 'bytes'), note: `${valueText(found.files, 'count')} files` },
    {
      label: 'last job',
      value: valueText(found.last_at, 'time').slice(11, 16),
      note: `${valueText(found.last_at, 'time').slice(0, 10)}, UTC`,
    },
  ];
}

async function jobsSection(ask: Ask): Promise<Section> {
  const outcomes = ['done', 'error', 'cancelled', 'open'];
  // Green and vermilion, purple, sky.
  const slots = [3, 6, 4, 5];
  const title = 'Jobs by when they began, and how they ended';
  const parts = [
    ...chart(
      title,
      await ask('lake/jobs_series'),
      (rows) => timeBars(rows, outcomes, { title, xLabel: 'UTC', yLabel: 'jobs', slots }),
      {
        legend: outcomes,
        slots,
        isWide: true,
      },
    ),
    ...table('Why jobs failed', await ask('lake/failures'), {
      error_message: 'words',
      jobs: 'count',
      last_at: 'time',
      last_job: 'text',
    }),
    ...table('The latest fifty', await ask('lake/jobs'), {
      job_id: 'text',
      plugin: 'text',
      device: 'text',
      status: 'text',
      created_at: 'time',
      duration_ms: 'ms',
    }),
  ];
  return { id: 'jobs', title: 'Jobs', parts, empty: 'There is no job yet: `siltstone demo` runs three.' };
}

async function pluginsSection(ask: Ask): Promise<Section> {
  const asked = await ask('lake/plugins');
  const title = 'Median time of a run by plugin';
  const parts = [
    ...chart(title, asked, (rows) => bars(rows, { title, label: 'plugin', value: 'p50_ms', kind: 'ms' })),
    ...table('Jobs by plugin and status', await ask('lake/statuses'), {
      plugin: 'text',
      status: 'text',
      jobs: 'count',
    }),
    ...table('Plugins and tools', asked, {
      plugin: 'text',
      tool: 'text',
      jobs: 'count',
      runs: 'count',
      failed: 'count',
      p50_ms: 'ms',
      p95_ms: 'ms',
      p99_ms: 'ms',
    }),
  ];
  return { id: 'plugins', title: 'Plugins', parts, empty: 'No plugin ran.' };
}

async function devicesSection(ask: Ask): Promise<Section> {
  const parts = [
    ...table('What was asked for, and what ran', await ask('lake/devices'), {
      asked: 'text',
      used: 'text',
      provider: 'text',
      decisions: 'count',
      fallbacks: 'count',
    }),
    ...table('Why jobs fell back', await ask('lake/fallbacks'), {
      reason: 'words',
      decisions: 'count',
      last_at: 'time',
    }),
  ];
  return { id: 'devices', title: 'Devices', parts, empty: 'No device was chosen.' };
}

async function qualitySection(ask: Ask): Promise<Section> {
  const parts = [
    ...table('Boxes that cannot be, and without a score', await ask('lake/quality'), {
      plugin: 'text',
      boxes: 'count',
      invalid: 'count',
      without_score: 'count',
    }),
    ...table('Issues by kind and plugin', await ask('lake/issues'), {
      code: 'text',
      plugin: 'text',
      issues: 'count',
      jobs: 'count',
    }),
  ];
  return { id: 'quality', title: 'Data quality', parts, empty: 'Nothing was found in any frame.' };
}

async function overlaySection(ask: Ask): Promise<Section> {
  const parts = table('What became of the frames', await ask('lake/overlay'), {
    surface: 'text',
    drawn: 'count',
    skipped: 'count',
    throttled: 'count',
    dropped: 'count',
    p50_ms: 'ms',
    p99_ms: 'ms',
    fps: 'number',
  });
  return { id: 'overlay', title: 'Overlay', parts, empty: 'Nothing was drawn.' };
}

async function storageSection(ask: Ask): Promise<Section> {
  const asked = await ask('lake/storage');
  const title = 'Parquet by kind of event';
  const parts = [
    ...chart(title, asked, (rows) => bars(rows, { title, label: 'event', value: 'bytes', kind: 'bytes' })),
    ...table('Kinds of events', asked, { event: 'text', files: 'count', rows: 'count', bytes: 'bytes' }),
    ...table('Lines that were refused', await ask('lake/rejected'), { reason: 'words', lines: 'count' }),
  ];
  return { id: 'storage', title: 'Storage', parts, empty: 'Nothing is compacted yet: `siltstone compact`.' };
}
