import { createReadStream } from 'node:fs';
import type { Command } from 'commander';
import { type EventLog, openEventLog } from '../emitters/index.ts';
import { messageOf, SiltstoneError, systemCodeOf } from '../errors.ts';
import { lineBytesMax } from '../events/index.ts';
// Not from the index: the rest of the room loads DuckDB, which an `emit` in a shell's loop need not wait for.
import { checkedLine } from '../inbox/checked-line.ts';
import type { Settings } from '../settings.ts';
import { addCommand, type CommonOptions, jobId, settingsOf } from './command.ts';
import { endSignal } from './ending.ts';
import { type InputLine, inputLines } from './input-lines.ts';
import { say } from './output.ts';
import { countText } from './text.ts';

interface EmitOptions extends CommonOptions {
  readonly job: string;
  readonly strict?: boolean;
}

/** Refused lines that are told one by one; more are only counted. */
const refusalsToldMax = 100;

export function addEmit(program: Command): void {
  addCommand(program, {
    name: 'emit',
    summary: 'appends events from stdin or a file: NDJSON, checked line by line',
    details:
      'All lines go into one stream of the job, and can be queried at once. `ts` is now where a line has none, `job_id` is ' +
      '--job’s; a line’s own wins. A field that the kind does not know is kept in `attrs`, and so is a `seq` that is not ' +
      'the line’s number in the stream. A line that is no event is told on stderr with its number and the reason; the ' +
      'others are taken, and the exit code is 1.',
    examples: [
      [
        `echo '{"event":"log","level":"info","message":"hello"}' | siltstone emit --job job-1`,
        'one event from a shell',
      ],
      ['siltstone emit --job job-1 events.ndjson', 'a whole file'],
    ],
  })
    .argument('[file]', 'NDJSON; stdin where it is left out or -')
    .requiredOption('--job <id>', 'the job that the events belong to', jobId)
    .option('--strict', 'stops at the first line that is no event')
    .action(emit);
}

async function emit(file: string | undefined, options: EmitOptions): Promise<void> {
  const settings = settingsOf(options);
  if (file === undefined && process.stdin.isTTY) say('One JSON object a line; Ctrl-D ends.');
  let log: EventLog | undefined;
  let takenCount = 0;
  let refusedCount = 0;
  try {
    for await (const line of inputLines(readInput(file), lineBytesMax)) {
      if (isBlank(line)) continue;
      // The first event opens the stream: an input without any leaves none.
      const refusal = log === undefined ? refusalOf(line, options.job) : append(log, line, options.job);
      if (refusal === undefined) {
        log ??= openWith(settings, options.job, line);
        takenCount += 1;
        continue;
      }
      refusedCount += 1;
      tell(refusedCount, `line ${line.number}: ${refusal}`);
      if (options.strict) break;
    }
    await log?.flush();
  } finally {
    log?.close();
  }
  report(takenCount, refusedCount, options.job);
}

function openWith(settings: Settings, jobId: string, first: InputLine): EventLog {
  const log = openLog(settings, jobId);
  append(log, first, jobId);
  return log;
}

function openLog({ warehouse, ...settings }: Settings, jobId: string): EventLog {
  return openEventLog({
    jobId,
    warehouse,
    processName: 'siltstone emit',
    strict: true,
    // What it would say, it throws as well.
    logger: { warn: () => undefined },
    bufferBytes: settings.emit_buffer_bytes,
    flushWaitMs: settings.emit_flush_wait_ms,
    queueBytesMax: settings.emit_queue_bytes_max,
    durability: settings.emit_durability,
    flush: settings.emit_flush,
  });
}

/** @throws SiltstoneError `file_not_readable` */
async function* readInput(file: string | undefined): AsyncGenerator<Buffer> {
  const input = file === undefined || file === '-' ? process.stdin : createReadStream(file);
  // A terminal or a pipe that says nothing would keep Ctrl-C waiting.
  endSignal.addEventListener('abort', () => input.destroy(), { once: true });
  try {
    for await (const chunk of input) yield chunk as Buffer;
  } catch (error) {
    if (systemCodeOf(error) === undefined) throw error;
    throw new SiltstoneError('file_not_readable', `read ${file ?? 'stdin'}: ${messageOf(error)}`, { cause: error });
  }
}

const isBlank = ({ content }: InputLine): boolean => content.every((byte) => byte === 32 || (byte >= 9 && byte <= 13));

function refusalOf(line: InputLine, jobId: string): string | undefined {
  const checked = checkedLine(line, { jobId });
  return checked.isEvent ? undefined : checked.reason;
}

/** Appends a line, or says why it is no event. */
function append(log: EventLog, line: InputLine, jobId: string): string | undefined {
  const checked = checkedLine(line, { jobId });
  if (!checked.isEvent) return checked.reason;
  log.appendLine(checked.textAt);
  return undefined;
}

function tell(refusals: number, refusal: string): void {
  if (refusals <= refusalsToldMax) say(refusal);
  if (refusals === refusalsToldMax) say('further lines that are refused are only counted');
}

function report(takenCount: number, refusedCount: number, jobId: string): void {
  say(`${countText(takenCount, 'event')} taken into job ${jobId}`);
  if (refusedCount === 0) return;
  say(`${countText(refusedCount, 'line')} refused`);
  process.exitCode = 1;
}
