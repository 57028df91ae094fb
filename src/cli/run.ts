import { type Command, InvalidArgumentError } from 'commander';
import { type ErrorCode, errorTable, SiltstoneError } from '../errors.ts';
import {
  type Device,
  type DeviceChoice,
  type JobResult,
  type Provider,
  providerNames,
  runJob,
} from '../inference/index.ts';
import { durationText } from '../units.ts';
import { addCommand, type CommonOptions, jobId, settingsOf, wholeNumber } from './command.ts';
import { endInterruptedJobs } from './end-interrupted.ts';
import { endedExitCode, endSignal } from './ending.ts';
import { addLayerOptions, type LayerOptions, togglesFrom } from './layer-options.ts';
import { say, writeJson, writeLine } from './output.ts';
import { pluginDirsOf } from './plugin-dirs.ts';
import { openBars } from './progress.ts';
import { countText, lastSentence } from './text.ts';

interface RunOptions extends CommonOptions, LayerOptions {
  readonly device: Device | readonly Provider[];
  readonly tool?: string;
  readonly job?: string;
  readonly frames?: number;
  readonly threads?: number;
  readonly still?: string;
  readonly video?: string;
  readonly strictDevice?: boolean;
  readonly strict?: boolean;
  readonly json?: boolean;
}

export function addRun(program: Command): void {
  const command = addCommand(program, {
    name: 'run',
    summary: 'runs a plugin over pictures or a video: one job, in a process of its own',
    details:
      'The input is a picture, a video, a folder of pictures, or a pattern in quotes; pictures come in natural order, ' +
      '9.png before 10.png, and files that are none are left out and told. Exit code 0 when the job is done, 1 when it ' +
      'failed. Everything that happens in it is an event in the warehouse. --still and --video appear only when they ' +
      'are whole: a job that fails or is ended leaves no half file.',
    examples: [
      ['siltstone run player-tracker match.mp4', 'on the CPU'],
      [
        'siltstone run player-tracker match.mp4 --device gpu --still out.png',
        'on a GPU where one runs, with a picture',
      ],
      ['siltstone run player-tracker match.mp4 --video seen.mp4', 'with its boxes and labels, as a video'],
      [
        'siltstone run player-tracker match.mp4 --video seen.mp4 --no-ball --max-fps 10',
        'without the ball’s mark, ten frames a second',
      ],
      ['siltstone run player-tracker photos/', 'over the pictures of a folder'],
      ["siltstone run player-tracker 'photos/*.jpg' --frames 100", 'over the first hundred that match'],
    ],
  })
    .argument('<plugin>', 'a plugin of `siltstone plugins`')
    .argument('<input>', 'a picture, a video, a folder of pictures, or a pattern in quotes')
    .option(
      '--device <device>',
      'cpu, gpu, or providers to be tried in their order, such as cuda,webgpu',
      device,
      'cpu',
    )
    .option('--strict-device', 'fails instead of running on another device')
    .option('--strict', 'fails at the first frame whose output has an issue; its events are kept')
    .option('--tool <tool>', 'a tool of the plugin (default: its first)')
    .option('--job <id>', 'the job’s id (default: a new one)', jobId)
    .option('--frames <count>', 'so many frames at most', wholeNumber(1))
    .option(
      '--threads <count>',
      'threads of the model and of the decoder (default: the setting job_threads)',
      wholeNumber(1),
    )
    .option('--still <file>', 'saves the last frame with its overlay, as JPEG where the name ends so, else as PNG')
    .option('--video <file>', 'saves the frames with their overlay as MP4: all, unless --max-fps says fewer');
  addLayerOptions(command).option('--json', 'gives the result as JSON').action(run);
}

async function run(plugin: string, input: string, options: RunOptions): Promise<void> {
  const settings = settingsOf(options);
  const { device: asked, tool, frames: framesMax, threads, strictDevice = false, still, video } = options;
  await endInterruptedJobs(settings, say);
  const bars = openBars();
  const bar = bars.bar(plugin, 'frames');
  const result = await runJob({
    warehouse: settings.warehouse,
    settings,
    pluginDirs: pluginDirsOf(settings),
    plugin,
    input,
    device: asked,
    strictDevice,
    signal: endSignal,
    layers: togglesFrom(options),
    onProgress: ({ framesDone, framesTotal }) => bar.update(framesDone, framesTotal),
    ...(options.strict && { strict: true }),
    ...(tool !== undefined && { tool }),
    ...(threads !== undefined && { threads }),
    ...(options.job !== undefined && { jobId: options.job }),
    ...(framesMax !== undefined && { framesMax }),
    ...(still !== undefined && { still: { frame: lastFrame, path: still } }),
    ...(video !== undefined && { video }),
    ...(options.maxFps !== undefined && { fpsMax: options.maxFps }),
  }).finally(bars.close);
  if (options.json) await writeJson(result);
  else await printResult(result);
  if (result.status === 'cancelled') process.exitCode = endedExitCode();
  else if (result.status === 'error') throw failureOf(result);
}

/** Parses what a job is to run on. */
function device(argument: string): Device | readonly Provider[] {
  if (argument === 'cpu' || argument === 'gpu') return argument;
  const names = argument.split(',').map((name) => name.trim().toLowerCase());
  const isProvider = (name: string): name is Provider => (providerNames as readonly string[]).includes(name);
  if (names.every(isProvider)) return names;
  throw new InvalidArgumentError(`It is cpu, gpu, or a list of ${providerNames.join(', ')}.`);
}

/** No clip has as many: the last frame is taken then. */
const lastFrame = Number.MAX_SAFE_INTEGER;

async function printResult(result: JobResult): Promise<void> {
  const { jobId, status, frameCount, detectionCount, issueCount, durationMs, device, stillPath, videoPath } = result;
  const counts = [
    countText(frameCount, 'frame'),
    countText(detectionCount, 'detection'),
    countText(issueCount, 'issue'),
  ];
  await writeLine(`${jobId} ${status}: ${counts.join(', ')} in ${durationText(durationMs)}`);
  if (stillPath !== undefined) await writeLine(`picture: ${stillPath}`);
  if (videoPath !== undefined) await writeLine(`video: ${videoPath}`);
  for (const note of result.notes ?? []) say(note);
  if (device?.fallback) say(`asked for ${device.requested}, ran on ${device.used}: ${reasonOf(device)}`);
}

/** The choice’s own reason holds the native errors whole, which is for `tail` and SQL. */
function reasonOf({ attempts, reason }: DeviceChoice): string {
  const failed = attempts.filter(({ ok }) => !ok);
  if (failed.length === 0) return reason ?? '';
  return failed.map((attempt) => `${attempt.provider}: ${lastSentence(attempt.reason ?? '')}`).join('; ');
}

function failureOf({ error }: JobResult): SiltstoneError {
  const isOurs = error !== undefined && Object.hasOwn(errorTable, error.code);
  return new SiltstoneError(isOurs ? (error.code as ErrorCode) : 'job_failed', error?.message ?? 'the job failed');
}
