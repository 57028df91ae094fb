import { type Command, InvalidArgumentError } from 'commander';
import { SiltstoneError } from '../errors.ts';
import { jobIdPattern } from '../events/index.ts';
import { readSettings, type SettingName, type Settings, settingTable } from '../settings.ts';
import { didYouMean } from './nearest.ts';

export interface CommandSpec {
  readonly name: string;
  readonly summary: string;
  /** What the summary has no room for. */
  readonly details?: string;
  /** Command lines that work as they stand, each with what it does. */
  readonly examples: readonly (readonly [line: string, does: string])[];
}

/** What every command takes. */
export interface CommonOptions {
  readonly warehouse?: string;
  readonly set?: Readonly<Record<string, string>>;
}

const specs = new WeakMap<Command, CommandSpec>();

/** What a command was made from, for docs/commands.md. */
export const specOf = (command: Command): CommandSpec | undefined => specs.get(command);

/** A command with the options that all have, and its examples below its help. */
export function addCommand(program: Command, spec: CommandSpec): Command {
  const command = program.command(spec.name).summary(spec.summary);
  specs.set(command, spec);
  return command
    .description([spec.summary, spec.details].filter(Boolean).join('\n\n'))
    .option('--warehouse <dir>', 'folder of the inbox and the lake (default: ./warehouse; env: SILTSTONE_WAREHOUSE)')
    .option('--set <name=value>', 'any setting of docs/settings.md, as often as needed', collected)
    .addHelpText('after', `\n${examplesText(spec)}`);
}

function examplesText({ examples }: CommandSpec): string {
  const lines = examples.map(([line, does]) => `  # ${does}\n  $ ${line}`);
  return `${examples.length === 1 ? 'Example' : 'Examples'}:\n${lines.join('\n')}`;
}

function collected(argument: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const equals = argument.indexOf('=');
  if (equals < 1) throw new InvalidArgumentError('Write --set name=value.');
  return { ...before, [argument.slice(0, equals)]: argument.slice(equals + 1) };
}

/** @throws SiltstoneError `bad_setting` */
export function settingsOf({ warehouse, set = {} }: CommonOptions): Settings {
  const names = Object.keys(settingTable);
  const unknown = Object.keys(set).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new SiltstoneError('bad_setting', `there is no setting ${unknown}.${didYouMean(unknown, names)}`);
  }
  return readSettings({ ...(set as { readonly [N in SettingName]?: string }), ...(warehouse && { warehouse }) });
}

/** Parses an option that names a job. */
export function jobId(argument: string): string {
  if (jobIdPattern.test(argument)) return argument;
  throw new InvalidArgumentError('It has 1 to 128 of A-Z a-z 0-9 . _ : - and does not start with a dot.');
}

/** Parses an option’s whole number. */
export function wholeNumber(min: number): (argument: string) => number {
  return (argument) => {
    const number = Number(argument);
    if (!/^\d+$/.test(argument) || !Number.isSafeInteger(number) || number < min) {
      throw new InvalidArgumentError(`It must be a whole number of at least ${min}.`);
    }
    return number;
  };
}

/** Parses an option’s number, which may have a fraction. */
export function numberIn(min: number, max = Number.POSITIVE_INFINITY): (argument: string) => number {
  return (argument) => {
    const number = Number(argument);
    if (argument.trim() === '' || !Number.isFinite(number) || number < min || number > max) {
      const most = Number.isFinite(max) ? ` and at most ${max}` : '';
      throw new InvalidArgumentError(`It must be a number of at least ${min}${most}.`);
    }
    return number;
  };
}
