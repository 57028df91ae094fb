import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openReader, type Reader } from '../../src/query/index.ts';
import { jobReport, lakeReport, pageOf, type Report } from '../../src/report/index.ts';
import { html } from '../../src/report/markup.ts';
import { compacted, tempReader, tempWarehouse } from '../make/warehouse.ts';
import { writeHostileJob } from './hostile.ts';

const made = { madeAt: new Date('2026-11-25T10:00:00Z'), version: '0.1.0' };

const queuedLine = `${JSON.stringify({ event: 'job.status', job_id: 'job-0', ts: '2026-11-25T09:00:00.000Z', plugin: 'p', device: 'cpu', status: 'queued' })}\n`;
const folder = mkdtempSync(join(tmpdir(), 'siltstone-report-'));
let reader: Reader;
let ofJob: Report;
let ofAll: Report;

beforeAll(async () => {
  const warehouse = tempWarehouse({}, folder);
  writeHostileJob(warehouse, 'job-1');
  warehouse.append('job-0/a.ndjson', queuedLine);
  await compacted(warehouse);
  reader = await openReader(warehouse.settings);
  ofJob = await jobReport(reader, 'job-1');
  ofAll = await lakeReport(reader, '/w');
}, 60_000);

afterAll(async () => {
  await reader.close();
  rmSync(folder, { recursive: true, force: true });
});

const partsOf = ({ sections }: Report) => sections.flatMap(({ parts }) => parts);

describe.each([
  { of: 'a job', reportOf: () => ofJob },
  { of: 'all jobs', reportOf: () => ofAll },
])('the page of $of', ({ reportOf }) => {
  test('has no tag of anything that a plugin, a model or a user wrote', () => {
    const page = pageOf(reportOf(), made);

    expect(page).toContain('&lt;script&gt;window.pwned');
    expect(page.match(/<(script|img|iframe|object|link|base)\b/gi)).toBeNull();
    expect(page.match(/<style>|<\/style>|<title>siltstone|<\/head>/g)).toEqual(['<style>', '</style>', '</head>']);
    expect(page.match(/\son\w+=|\sstyle=|javascript:/gi)).toEqual(page.match(/ onerror=(?=&#39;)/g));
    expect(page.match(/(?:src|href)="(?!#)[^"]*"/g)).toBeNull();
  });

  test('has behind each chart and table the SQL that gives its rows', async () => {
    const parts = partsOf(reportOf());
    const again = await Promise.all(parts.map(({ asked }) => reader.rows(asked.sql)));

    expect(parts.length).toBeGreaterThan(10);
    expect(again).toEqual(parts.map(({ asked }) => asked.rows));
  });
});

const sectionIds = ['latency', 'device', 'detections', 'quality', 'tracks', 'pitch', 'overlay', 'before', 'provenance'];

test('a job’s page has a section for each thing that is asked about a job', () => {
  const { sections } = ofJob;

  expect(sections.map(({ id }) => id)).toEqual(sectionIds);
  expect(sections.filter(({ parts }) => parts.length === 0)).toEqual([]);
});

test('a job in which nothing happened has the same sections, and they say so', async () => {
  const report = await jobReport(reader, 'job-0');
  const page = pageOf(report, made);

  expect(report.sections.map(({ id }) => id)).toEqual(sectionIds);
  expect(report.sections.filter(({ parts }) => parts.length > 0).map(({ id }) => id)).toEqual(['before', 'provenance']);
  expect(page).toContain('The tool did not look for a pitch.');
  expect(page).not.toMatch(/NaN|Infinity|undefined/);
});

test('a step in which no track begins or ends is there, and has none', () => {
  const births = ofJob.sections
    .find(({ id }) => id === 'tracks')
    ?.parts.find(({ title }) => /begin and end/.test(title));

  expect(births?.asked.rows).toEqual([
    { frame: 0, begins: 1, ends: 0 },
    { frame: 1, begins: 0, ends: 0 },
    { frame: 2, begins: 0, ends: 1 },
  ]);
});

test('boxes are shown where they stand on the pitch', () => {
  const { sections } = ofJob;
  const radar = sections.find(({ id }) => id === 'pitch')?.parts.find(({ title }) => /on the pitch/.test(title));

  // The middle of the lower edge is 35, 90 px.
  expect(radar?.asked.rows).toEqual([
    { x: Math.floor((35 / 6 / 105) * 52), y: Math.floor((90 / 6 / 68) * 34), count: 1, width: 105, height: 68 },
  ]);
});

test('its figures are the job’s', () => {
  const { facts, verdict, isGood } = ofJob;

  expect({ verdict, isGood }).toEqual({ verdict: 'error', isGood: false });
  expect(facts.map(({ label, value, note }) => `${label}: ${value}, ${note}`)).toEqual([
    'frames: 3, none failed',
    'wall time: 50 ms, from queue to end',
    'frames a second: 60, of wall time',
    'boxes: 6, 2 a frame',
    'issues: 3, 3 boxes that cannot be, 3 without a score',
    'device: gpu → cpu, a fallback',
  ]);
});

test('a job that nobody ran has no report', async () => {
  await expect(jobReport(reader, 'job-2')).rejects.toMatchObject({ code: 'bad_usage' });
});

test('the page of a warehouse without jobs says what to do next', async () => {
  const warehouse = tempWarehouse();
  const page = pageOf(await lakeReport(await tempReader(warehouse), warehouse.path), made);

  expect(page).toContain('There is no job yet: <code>siltstone demo</code> runs three.');
});

test('a template escapes all but markup, wherever it stands', () => {
  const text = `"><b>&'`;

  expect(html`<p title="${text}">${text}${html`<i>${1}</i>`}${[html`<u/>`]}</p>`.markup).toBe(
    '<p title="&quot;&gt;&lt;b&gt;&amp;&#39;">&quot;&gt;&lt;b&gt;&amp;&#39;<i>1</i><u/></p>',
  );
});
