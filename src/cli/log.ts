import { pino } from 'pino';
import { SiltstoneError } from '../errors.ts';
import type { Settings } from '../settings.ts';

const infoLevel = 30;

/** The log of a command that runs long, on stderr: pino’s JSON lines for machines, short ones on a terminal. */
export function openLog({ log_level: level }: Pick<Settings, 'log_level'>): pino.Logger {
  const options = { level, serializers: { err: withoutPayload } };
  return process.stderr.isTTY ? pino(options, { write: writeForPeople }) : pino(options, pino.destination(2));
}

/**
 * An error as the log may hold it. DuckDB quotes the value that it could not take, and that is anybody’s data: of its
 * errors only the kind is told, and no error’s cause.
 */
export function withoutPayload(error: Error): object {
  if (!(error instanceof SiltstoneError)) return pino.stdSerializers.err(error);
  const { code, message } = error;
  const kind = /^[A-Z][A-Za-z -]{0,40} Error/.exec(message)?.[0] ?? 'DuckDB failed';
  const told = code === 'engine_failed' ? `${kind}; its text may quote events and is left out` : message;
  return { type: error.name, code, message: told };
}

function writeForPeople(line: string): void {
  const { level, time, msg, err } = JSON.parse(line) as {
    readonly level: number;
    readonly time: number;
    readonly msg: string;
    readonly err?: { readonly message: string };
  };
  const clock = new Date(time).toTimeString().slice(0, 8);
  const name = level > infoLevel ? ` ${pino.levels.labels[level]}:` : '';
  process.stderr.write(`${clock}${name} ${msg}${err === undefined ? '' : `: ${err.message}`}\n`);
}
