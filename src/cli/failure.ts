import { CommanderError } from 'commander';
import { type ErrorCode, SiltstoneError } from '../errors.ts';
import { endedExitCode, endSignal } from './ending.ts';
import { say } from './output.ts';

/** Errors of the one who typed the command: exit code 2. */
const usageCodes: ReadonlySet<ErrorCode> = new Set(['bad_usage', 'bad_setting']);

/** Tells what went wrong, what its code is and what to do about it, and gives the exit code: 1, or 2 for a wrong command line. */
export function failureExitCode(error: unknown): number {
  // Commander has said what it has to say; help and version are no failures.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  // What fails because the command was told to end is no failure of its own.
  if (endSignal.aborted) return endedExitCode();
  if (!(error instanceof SiltstoneError)) {
    say(`error: ${error instanceof Error ? error.stack : String(error)}`);
    say('This is a mistake in siltstone itself: please report it with the lines above.');
    return 1;
  }
  say(`error: ${error.message}`);
  say(` code: ${error.code}`);
  say(`   do: ${error.remedy}`);
  return usageCodes.has(error.code) ? 2 : 1;
}
