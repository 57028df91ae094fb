import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Row } from '../engine.ts';
import { type Tail, tailOf } from '../query/index.ts';
import { addCommand, type CommonOptions, settingsOf, wholeNumber } from './command.ts';
import { endSignal } from './ending.ts';
import { eventText } from './event-text.ts';
import { say, writeLine } from './output.ts';
import { withReader } from './with-reader.ts';

interface TailOptions extends CommonOptions {
  readonly follow?: boolean;
  readonly lines: number;
  readonly json?: boolean;
}

const lookEveryMs = 500;

export function addTail(program: Command): void {
  addCommand(program, {
    name: 'tail',
    summary: 'shows the newest events, one a line, and follows them',
    examples: [
      ['siltstone tail --follow', 'every event of every job as it comes, until Ctrl-C'],
      ['siltstone tail job-1 --lines 100', 'the newest 100 of one job'],
    ],
  })
    .argument('[job]', 'a job’s id; every job where it is left out')
    .option('-f, --follow', 'goes on with what comes')
    .option('-n, --lines <count>', 'how many events to begin with', wholeNumber(0), 20)
    .option('--json', 'gives one JSON object a line')
    .action(runTail);
}

async function runTail(jobId: string | undefined, options: TailOptions): Promise<void> {
  await withReader(settingsOf(options), async (reader) => {
    const tail = tailOf(reader, { count: options.lines, ...(jobId !== undefined && { jobId }) });
    const newest = await tail.begin();
    await print(newest, options);
    if (newest.length === 0 && options.lines > 0)
      say(`no event ${jobId === undefined ? 'is there' : `of job ${jobId}`} yet`);
    if (options.follow) await follow(tail, options);
  });
}

/** Until the end is asked for, which is the way for it to be done. */
async function follow(tail: Tail, options: TailOptions): Promise<void> {
  try {
    for (;;) {
      await wait(lookEveryMs, undefined, { signal: endSignal });
      await print(await tail.next(), options);
    }
  } catch (error) {
    if (!endSignal.aborted) throw error;
    process.exitCode = 0;
  }
}

async function print(rows: readonly Row[], { json }: TailOptions): Promise<void> {
  for (const row of rows) await writeLine(json ? JSON.stringify(present(row)) : eventText(row));
}

const present = (row: Row): Row => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
