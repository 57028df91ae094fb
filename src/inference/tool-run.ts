import type { FormOutput, OpenForm } from './forms/index.ts';
import { sizeOf } from './letterbox.ts';
import type { Tool } from './manifest.ts';
import type { Pixels } from './media/index.ts';
import { type Candidate, type Detection, type Issue, type Normalised, normalise } from './normalise/index.ts';
import { makePitchFinder, type PitchFinder, type PitchFit } from './pitch/index.ts';
import type { Plugin } from './registry.ts';
import { type TrackerOptions, trackerDefaults } from './track/options.ts';
import { makeSinglesFilter } from './track/singles.ts';
import { makeTracker } from './track/tracker.ts';

export interface TrackedDetection extends Detection {
  readonly track_id?: number;
}

/** What a tool made of one frame. Times in ms. */
export interface ToolResult extends Omit<FormOutput, 'lines'> {
  /** What the payload was declared to be in, or recognised as; `undeclared` where neither. */
  readonly dialect: string;
  readonly detections: readonly TrackedDetection[];
  /** What each detection was made of, in the detections' order. */
  readonly candidates: readonly (Candidate | undefined)[];
  /** Those of the issues that the decoder told. */
  readonly decoderIssues: readonly Issue[];
  /** All that normalise() gave, before any box was left out or followed. */
  readonly read: Normalised;
  readonly issues: readonly Issue[];
  /** How the pitch lies in the frame, or why that is not known; nothing of a tool that does not look for it. */
  readonly pitch?: PitchFit;
  /** Parts of `postprocessMs`. */
  readonly normaliseMs: number;
  readonly trackMs: number;
  readonly pitchMs?: number;
}

export type ToolRun = (frame: Pixels) => Promise<ToolResult>;

interface ToolRunOptions {
  readonly plugin: Plugin;
  readonly tool: Tool;
  readonly form: OpenForm;
}

/** One tool of a plugin over the frames of one input, in their order. */
export function makeToolRun({ plugin, tool, form }: ToolRunOptions): ToolRun {
  const reader = makeOutputReader({ labels: plugin.labels, dialect: plugin.manifest.dialect, tool });
  const findPitch = pitchFinderOf(plugin);
  return async (frame) => {
    const { lines, ...output } = await form.run(frame);
    const result = reader.read(output);
    if (findPitch === undefined || lines === undefined) return result;
    const startedAt = performance.now();
    const pitch = findPitch(lines, output.letterbox);
    const pitchMs = performance.now() - startedAt;
    return { ...result, pitch, pitchMs, postprocessMs: result.postprocessMs + pitchMs };
  };
}

/** What looks for the pitch in each frame; nothing where the plugin does not. */
function pitchFinderOf({ manifest }: Plugin): PitchFinder | undefined {
  if (manifest.form !== 'model' || manifest.pitch === undefined) return undefined;
  const { length_m: lengthM, width_m: widthM } = manifest.pitch;
  return makePitchFinder({ lengthM, widthM }, sizeOf(manifest.input));
}

interface OutputReaderOptions {
  readonly labels: readonly string[];
  /** What an output is in that does not say so itself. */
  readonly dialect: string;
  readonly tool: ToolOptions;
}

/** What a tool does with boxes. */
export type ToolOptions = Pick<Tool, 'single' | 'tracks' | 'tracker'>;

export interface OutputReader {
  /** What one frame's output was read as. */
  read(output: Omit<FormOutput, 'lines'>): ToolResult;
  /** Boxes of a frame that were read before. */
  follow(detections: readonly Detection[]): readonly TrackedDetection[];
}

/** Outputs of the frames of one input, in their order: normalised, with one box of what is single, followed. */
export function makeOutputReader({ labels, dialect: byDefault, tool }: OutputReaderOptions): OutputReader {
  const keepSingles = makeSinglesFilter(tool);
  const options = trackerOf(tool);
  const tracker = options && makeTracker(options);
  return {
    read(output) {
      const startedAt = performance.now();
      const { payload, letterbox, dialect: declared = byDefault } = output;
      const read = normalise({ dialect: declared, payload, labels, letterbox });
      const { detections: found, candidates, issues, dialect = declared } = read;
      const detections = keepSingles(found);
      const normalisedAt = performance.now();
      const trackIds = tracker?.update(detections) ?? [];
      const trackedAt = performance.now();
      return {
        ...output,
        dialect,
        read,
        candidates: detections === found ? candidates : detections.map((one) => candidates[found.indexOf(one)]),
        decoderIssues: output.issues,
        issues: [...output.issues, ...issues, ...severalFrames(found)],
        detections: detections.map((detection, i) => withTrack(detection, trackIds[i])),
        normaliseMs: normalisedAt - startedAt,
        trackMs: trackedAt - normalisedAt,
        postprocessMs: output.postprocessMs + trackedAt - startedAt,
      };
    },
    follow(detections) {
      if (tracker === undefined) return detections;
      const kept = keepSingles(detections);
      const trackIds = tracker.update(kept);
      return kept.map(({ track_id: _, ...detection }, i) => withTrack(detection, trackIds[i]));
    },
  };
}

/** How the tool follows boxes; undefined where it does not. */
export const trackerOf = ({ tracks, tracker = trackerDefaults }: ToolOptions): TrackerOptions | undefined =>
  tracks ? tracker : undefined;

/** A job's output is of one frame, whatever it calls that. */
function severalFrames(detections: readonly Detection[]): readonly Issue[] {
  const named = new Set(detections.flatMap(({ frame_index }) => frame_index ?? []));
  if (named.size < 2) return [];
  const message = `the output names ${named.size} frames, such as ${[...named].slice(0, 3).join(', ')}, and is taken for one`;
  return [{ code: 'several_frames', path: '$', message }];
}

const withTrack = (detection: Detection, id: number | undefined): TrackedDetection =>
  id === undefined ? detection : { ...detection, track_id: id };
