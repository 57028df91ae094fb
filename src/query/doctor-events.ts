import type { Row } from '../engine.ts';
import type { Settings } from '../settings.ts';
import type { Finding } from './doctor.ts';
import { openReader } from './reader.ts';
import { readSql } from './sql-files.ts';

/** Whether streams lack events, hold lines that are none, or speak of a time to come. */
export async function examineEvents(settings: Settings): Promise<readonly Finding[]> {
  const reader = await openReader(settings);
  try {
    const [streams = {}] = await reader.rows(readSql('doctor/streams.sql'));
    const [future = {}] = await reader.rows(readSql('doctor/future_events.sql'));
    const findings = [...streamFindings(streams), ...futureFindings(future)];
    return findings.length > 0 ? findings : [{ state: 'ok', of: 'events', found: 'nothing odd in any stream' }];
  } finally {
    await reader.close();
  }
}

function streamFindings(row: Row): readonly Finding[] {
  const { gaps, lost_events, rejected_lines, wrong_seqs } = row;
  return [
    ...finding('wrong', gaps, {
      what: 'lines neither in the lake nor in the inbox',
      example: row.gap_example,
      remedy: '`siltstone verify` says which file lacks them, `siltstone repair` whether the inbox still has them.',
    }),
    ...finding('warning', lost_events, {
      what: 'events that their writers had to drop',
      remedy: '`siltstone query "from logs"` says why: often a full disk.',
    }),
    ...finding('warning', rejected_lines, {
      what: 'lines that are no events',
      remedy: '`siltstone query "from rejected_lines"` shows each with the reason.',
    }),
    ...finding('warning', wrong_seqs, {
      what: 'lines whose seq is not their number in the stream',
      remedy: 'Their number counts. Leave seq out where it is not known.',
    }),
  ];
}

function futureFindings({ events, job_id, latest }: Row): readonly Finding[] {
  return finding('warning', events, {
    what: 'events of more than a day from now',
    example: `one of job ${job_id} at ${latest}`,
    remedy: 'Set the clock of the machine that writes them.',
  });
}

interface Oddity {
  readonly what: string;
  readonly example?: unknown;
  readonly remedy: string;
}

function finding(state: Finding['state'], count: unknown, { what, example, remedy }: Oddity): readonly Finding[] {
  if (Number(count ?? 0) === 0) return [];
  return [{ state, of: 'events', found: `${what}: ${count}${example ? `, such as ${example}` : ''}`, remedy }];
}
