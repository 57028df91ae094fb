/** Started by worker.ts: answers SQL of anybody, one statement at a time, and may be killed at any moment. */
import { messageOf, SiltstoneError } from '../../errors.ts';
import { openReader, type Reader } from '../reader.ts';
import { answer } from './answer.ts';
import { memoryExitCode, orderSchema, type Question, type Report, sandboxLimitsSchema } from './messages.ts';

/** Node and DuckDB without any data, and what the limit of DuckDB does not count. */
const memoryBesideBytes = 384 * 1024 * 1024;
const memoryLookMs = 20;
/** An interrupt between two statements is lost: it is said until it is heard. */
const interruptAgainMs = 50;

const limits = sandboxLimitsSchema.parse(JSON.parse(process.argv[2] ?? ''));
const settings = {
  warehouse: limits.warehouse,
  engine_memory_bytes: limits.memoryBytes,
  engine_threads: 1,
  compact_batch_bytes: limits.batchBytes,
  hot_bytes_max: limits.hotBytesMax,
};

let newest: Reader | undefined;
let traveller: { readonly version: number; readonly reader: Reader } | undefined;
let stop: (() => void) | undefined;

process.on('disconnect', () => process.exit());
process.on('message', (message) => {
  const order = orderSchema.parse(message);
  if ('stop' in order) stop?.();
  else void respond(order.question);
});

async function respond(question: Question): Promise<void> {
  const memoryTimer = setInterval(endWhenTooLarge, memoryLookMs);
  let interruption: NodeJS.Timeout | undefined;
  let isLate = false;
  try {
    const reader = await readerFor(question.version);
    const interrupt = (): void => {
      isLate = true;
      clearTimeout(interruption);
      reader.interrupt();
      interruption = setTimeout(interrupt, interruptAgainMs);
    };
    stop = interrupt;
    const begin = (): void => {
      clearTimeout(interruption);
      interruption = setTimeout(interrupt, limits.timeoutMs);
      say({ began: true });
    };
    say({ answer: await answer(reader, question, limits, begin) });
  } catch (error) {
    say(inWords(error, isLate));
  } finally {
    stop = undefined;
    clearTimeout(interruption);
    clearInterval(memoryTimer);
  }
}

/** The newest snapshot is followed by one reader; of versions, the last that was asked for stays open. */
async function readerFor(version: number | undefined): Promise<Reader> {
  if (version === undefined) {
    newest ??= await openReader(settings, undefined, { isConfined: true });
    return newest;
  }
  if (traveller?.version !== version) {
    await traveller?.reader.close();
    traveller = undefined;
    traveller = { version, reader: await openReader(settings, { version }, { isConfined: true }) };
  }
  return traveller.reader;
}

/** The limit of DuckDB does not count the texts that a function makes: this counts everything. */
function endWhenTooLarge(): void {
  if (process.memoryUsage.rss() > limits.memoryBytes + memoryBesideBytes) process.exit(memoryExitCode);
}

function inWords(error: unknown, isLate: boolean): Report {
  const message = messageOf(error);
  if (!(error instanceof SiltstoneError)) return { code: 'internal', message };
  if (error.code !== 'engine_failed') return { code: error.code, message };
  if (isLate) return { code: 'query_timeout', message: `the statement was stopped after ${limits.timeoutMs} ms` };
  if (/^Out of Memory Error/.test(message)) return { code: 'query_too_large', message };
  if (/^Permission Error/.test(message)) return { code: 'query_refused', message };
  return { code: error.code, message };
}

function say(report: Report): void {
  process.send?.(report);
}
