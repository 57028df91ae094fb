import { Readable } from 'node:stream';
import type { Command } from 'commander';
import { SiltstoneError } from '../errors.ts';
import { exportStream, type Reader } from '../query/index.ts';
import { jobReport, lakeReport, pageOf, type Report } from '../report/index.ts';
import { bytesText } from '../units.ts';
import { addCommand, type CommonOptions, jobId, settingsOf } from './command.ts';
import { writeJson, writeLine } from './output.ts';
import { printSummary } from './report-summary.ts';
import { version } from './version.ts';
import { withReader } from './with-reader.ts';

interface ReportOptions extends CommonOptions {
  readonly all?: boolean;
  readonly html?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

export function addReport(program: Command): void {
  addCommand(program, {
    name: 'report',
    summary: 'what became of a job, or of all: on the terminal, or as one HTML file',
    details:
      'Latency by stage, the device with each attempt, detections, issues, tracks, the pitch, the overlay, and earlier jobs of ' +
      'the same plugin; without a job, the latest one. --html writes a file that needs nothing else: no network, no script; it ' +
      'opens from a mail attachment, prints, and shows the SQL behind each chart. Its size does not grow with the job.',
    examples: [
      ['siltstone report', 'the latest job, on the terminal'],
      ['siltstone report demo-1 --html report.html', 'one job as a file'],
      ['siltstone report --all --html all.html', 'all jobs of the warehouse'],
    ],
  })
    .argument('[job]', 'a job (default: the latest)', jobId)
    .option('--all', 'all jobs of the warehouse')
    .option('--html <file>', 'writes one HTML file in place of the summary')
    .option('--force', 'replaces a file that is there already')
    .option('--json', 'gives the tables and figures as JSON')
    .action(report);
}

async function report(job: string | undefined, options: ReportOptions): Promise<void> {
  if (job !== undefined && options.all) throw new SiltstoneError('bad_usage', 'give a job or --all, not both');
  const settings = settingsOf(options);
  const made = await withReader(settings, (reader) =>
    options.all ? lakeReport(reader, settings.warehouse) : oneJob(reader, job),
  );
  if (options.html !== undefined) return writePage(made, options.html, options.force ?? false);
  if (options.json) return writeJson(jsonOf(made));
  await printSummary(made);
}

async function oneJob(reader: Reader, job: string | undefined): Promise<Report> {
  const [latest] = await reader.rows('select job_id from job_metrics order by created_at desc, job_id limit 1');
  const id = job ?? latest?.job_id;
  if (id === undefined) throw new SiltstoneError('bad_usage', 'there is no job yet: `siltstone demo` runs three');
  return jobReport(reader, String(id));
}

async function writePage(made: Report, path: string, force: boolean): Promise<void> {
  const page = Buffer.from(pageOf(made, { madeAt: new Date(), version: version() }));
  await exportStream(Readable.from([page]), path, force);
  await writeLine(`${path}: ${bytesText(page.length)}`);
}

/** Each table with its columns and rows; pictures are for people. */
const jsonOf = ({ title, subtitle, verdict, message, facts, sections }: Report): object => ({
  title,
  subtitle,
  verdict,
  message: message ?? null,
  facts,
  sections: sections.map(({ id, parts }) => ({
    id,
    parts: parts.map(({ kind, title: name, asked }) => ({ kind, title: name, sql: asked.sql, rows: asked.rows })),
  })),
});
