import { type Command, InvalidArgumentError, Option } from 'commander';
import { type ErrorCode, SiltstoneError } from '../errors.ts';
import {
  dialectNames,
  dialectOf,
  dialects,
  type Fit,
  fittingText,
  type Letterbox,
  letterboxOf,
  type Normalised,
  normalise as normaliseDeclared,
  normaliseUndeclared,
  type Size,
  unitText,
} from '../inference/index.ts';
import { addCommand, type CommonOptions, jobId as jobIdOf, settingsOf, wholeNumber } from './command.ts';
import { didYouMean } from './nearest.ts';
import { normaliseAgain } from './normalise-again.ts';
import { say, write, writeJson, writeLine } from './output.ts';
import { payloadOf, readLabels, readOutput } from './raw-output.ts';
import { objectTable } from './result-table.ts';

interface NormaliseOptions extends CommonOptions {
  readonly dialect?: string;
  readonly width?: number;
  readonly height?: number;
  readonly input?: Size;
  readonly fit: Fit;
  readonly labels?: string;
  readonly again?: string;
  readonly list?: boolean;
  readonly json?: boolean;
}

export function addNormalise(program: Command): void {
  addCommand(program, {
    name: 'normalise',
    summary: 'reads one raw output of a model or service: detections and issues as NDJSON',
    details:
      'The output is JSON, or a text where the dialect is one. Without --dialect it is recognised, and stderr says by what; ' +
      'where several dialects fit and read it differently nothing is guessed: they are named, and the exit code is 1. Boxes ' +
      'are px of the frame, whose size is needed where the output counts in shares of it. Each line is an event for `siltstone emit`. ' +
      '--again JOB reads all raw outputs that a job kept with this version: the new detections and issues stand in the place ' +
      'of those before, which the view all_detections still has.',
    examples: [
      ['siltstone normalise answer.json', 'says what dialect it is, and reads it'],
      [
        'siltstone normalise labels.txt --dialect yolo-txt --width 1280 --height 720 --labels names.txt',
        'ratios as px, numbers as names',
      ],
      ['curl -s localhost:9001/infer | siltstone normalise - | siltstone emit --job job-1', 'into a job'],
      ['siltstone normalise --again match-7', 'what a job’s outputs are today'],
      ['siltstone normalise --list', 'every dialect, with its unit, scores and labels'],
    ],
  })
    .argument('[file]', 'the output; - for stdin')
    .option('--dialect <name>', 'the dialect it is in (default: the one that is recognised)', dialectName)
    .option('--width <px>', 'width of the frame', wholeNumber(1))
    .option('--height <px>', 'height of the frame', wholeNumber(1))
    .option('--input <WxH>', 'size of the model’s input, where the output counts in px of that', sizeOf)
    .addOption(
      new Option('--fit <fit>', 'how the frame was brought to that size')
        .choices(['letterbox', 'stretch'])
        .default('letterbox'),
    )
    .option('--labels <file>', 'names of the classes by their number: a text with one a line, or a list as JSON')
    .addOption(
      new Option('--again <job>', 'reads the raw outputs of an ended job again')
        .argParser(jobIdOf)
        .conflicts(['width', 'height', 'input', 'list']),
    )
    .option('--list', 'lists the dialects')
    .option('--json', 'gives one object, with the dialect and what spoke for it')
    .action(normalise);
}

async function normalise(file: string | undefined, options: NormaliseOptions): Promise<void> {
  if (options.list) return list(options);
  if (options.again !== undefined) {
    if (file !== undefined) throw new SiltstoneError('bad_usage', '--again reads what a job kept, and no file');
    const labels = options.labels === undefined ? undefined : await readLabels(options.labels);
    const { again: jobId, dialect, json = false } = options;
    return normaliseAgain(settingsOf(options), { jobId, labels, dialect, json });
  }
  if (file === undefined) throw new SiltstoneError('bad_usage', 'name the file that holds the output, or - for stdin');
  const labels = options.labels === undefined ? [] : await readLabels(options.labels);
  const read = readOutputText(await readOutput(file), { ...options, labels, letterbox: letterboxFrom(options) });
  if (options.json) await writeJson(read);
  else await writeEvents(read);
  const refusal = refusalOf(read);
  if (refusal !== undefined) throw refusal;
}

interface Read extends Omit<Normalised, 'dialect'> {
  readonly dialect: string | null;
  /** Of the dialects that fit, where none was declared. */
  readonly evidence?: Readonly<Record<string, readonly string[]>>;
}

interface Given {
  readonly dialect?: string;
  readonly labels: readonly string[];
  readonly letterbox: Letterbox;
}

function readOutputText(text: string, { dialect, labels, letterbox }: Given): Read {
  const payload = payloadOf(text);
  if (dialect !== undefined) return { dialect, ...normaliseDeclared({ dialect, payload, labels, letterbox }) };
  const { dialect: recognised, fitting, ...read } = normaliseUndeclared({ payload, labels, letterbox });
  for (const one of fitting) if (recognised === one.dialect.name) say(`recognised as ${fittingText(one)}`);
  const evidence = Object.fromEntries(fitting.map((one) => [one.dialect.name, one.evidence]));
  return { dialect: recognised ?? null, evidence, ...read };
}

/** As events of no job: `siltstone emit` adds that and the time. */
async function writeEvents({ dialect, detections, issues }: Read): Promise<void> {
  const source = { plugin: 'normalise', tool: dialect ?? 'undeclared', frame_index: 0 };
  for (const detection of detections) {
    await writeLine(JSON.stringify({ event: 'detection', ...source, ...detection }));
  }
  for (const issue of issues) await writeLine(JSON.stringify({ event: 'output.issue', ...source, ...issue }));
}

/** Where nothing was read: that is no result. */
const refusals: Readonly<Record<string, ErrorCode>> = {
  ambiguous_dialect: 'dialect_ambiguous',
  unknown_dialect: 'dialect_unknown',
  wrong_dialect: 'dialect_unknown',
  needs_decoder: 'dialect_unknown',
  size_unknown: 'frame_size_unknown',
};

function refusalOf({ issues, detections }: Read): SiltstoneError | undefined {
  const [first] = issues;
  const code = first && refusals[first.code];
  return code === undefined || detections.length > 0 ? undefined : new SiltstoneError(code, first?.message ?? '');
}

function letterboxFrom({ width, height, input, fit }: NormaliseOptions): Letterbox {
  if ((width === undefined) !== (height === undefined)) {
    throw new SiltstoneError('bad_usage', '--width and --height belong together');
  }
  const isKnown = width !== undefined && height !== undefined;
  if (!isKnown && input !== undefined) {
    throw new SiltstoneError('bad_usage', '--input needs the size of the frame: --width and --height');
  }
  const frame = isKnown ? { width, height } : { width: Number.NaN, height: Number.NaN };
  return isKnown ? letterboxOf(frame, input ?? frame, fit) : { frame, scale: 1, scaleY: 1, left: 0, top: 0 };
}

/** Parses an option’s dialect. */
function dialectName(argument: string): string {
  if (dialectOf(argument) !== undefined) return argument;
  throw new InvalidArgumentError(`\`siltstone normalise --list\` lists them.${didYouMean(argument, dialectNames)}`);
}

/** Parses an option’s size. */
function sizeOf(argument: string): Size {
  const [, width, height] = /^([1-9]\d{0,4})x([1-9]\d{0,4})$/.exec(argument) ?? [];
  if (width === undefined || height === undefined) throw new InvalidArgumentError('Write it as 640x480.');
  return { width: Number(width), height: Number(height) };
}

async function list({ json }: NormaliseOptions): Promise<void> {
  const rows = dialects.map(({ name, payload, unit, score, scoreFull = 1, label, of }) => ({
    dialect: name,
    payload,
    unit: unitText(unit),
    score: score === 'never' ? 'never' : `${score === 'optional' ? 'optional, ' : ''}0 to ${scoreFull}`,
    label,
    of,
  }));
  if (json) await writeJson(rows);
  else await write(objectTable(rows));
}
