import { pino } from 'pino';
import type { Settings } from '../settings.ts';

const infoLevel = 30;

/** The log of a command that runs long, on stderr: pino’s JSON lines for machines, short ones on a terminal. */
export function openLog({ log_level: level }: Pick<Settings, 'log_level'>): pino.Logger {
  return process.stderr.isTTY ? pino({ level }, { write: writeForPeople }) : pino({ level }, pino.destination(2));
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
