import { type Members, membersOf } from './attrs.ts';
import type { EventLog } from './event-log.ts';

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;

export type LogLevel = (typeof levels)[number];

/** Facts are scalars by design: frames, outputs and whole objects have no way into a log line. */
export type LogFacts = Readonly<Record<string, string | number | boolean | null | undefined | Error>>;

/** pino's ways to call: the text alone, or facts or an error in front of it. */
export interface LogMethod {
  (text: string): void;
  (facts: LogFacts | Error, text: string): void;
}

export type Logger = Readonly<Record<LogLevel, LogMethod>>;

export interface LoggerOptions {
  /** What is below it is not written. */
  readonly level?: LogLevel;
  /** Stands in the `logger` field. */
  readonly name?: string;
}

/** A longer text is cut, a message as well as a fact. */
const textLengthMax = 4000;

/** A logger whose calls become `log` events of a job; the facts go into `attrs`. */
export function logTo(log: EventLog, { level: levelMin = 'info', name }: LoggerOptions = {}): Logger {
  const methodOf = (level: LogLevel): LogMethod => {
    if (levels.indexOf(level) < levels.indexOf(levelMin)) return () => undefined;
    return (first: string | LogFacts | Error, text?: string) => {
      const message = typeof first === 'string' ? first : (text ?? (first instanceof Error ? first.message : ''));
      const attrs = typeof first === 'string' ? undefined : factsOf(first);
      log.appendUnknown('log', { level, message: shortened(message), logger: name, attrs });
    };
  };
  return Object.fromEntries(levels.map((level) => [level, methodOf(level)])) as unknown as Logger;
}

function factsOf(facts: LogFacts | Error): Members {
  const members = facts instanceof Error ? { err: facts } : membersOf(facts);
  return Object.fromEntries(Object.entries(members).map(([name, fact]) => [name, shortened(fact)]));
}

function shortened(fact: unknown): unknown {
  if (typeof fact === 'string') return fact.slice(0, textLengthMax);
  if (fact instanceof Error) return shortened(fact.stack ?? fact.message);
  return typeof fact === 'object' && fact !== null ? '[object]' : fact;
}
