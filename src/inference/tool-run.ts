import { decode, type PayloadRow } from './decoders/index.ts';
import { type Letterbox, letterboxOf, makeFitter, type Size } from './letterbox.ts';
import type { Tool } from './manifest.ts';
import { type Detection, type Issue, normalise } from './normalise/index.ts';
import type { Plugin } from './registry.ts';
import type { Runtime } from './runtime.ts';
import { makeTracker } from './track/tracker.ts';

export interface TrackedDetection extends Detection {
  readonly track_id?: number;
}

/** What a tool made of one frame. Times in ms. */
export interface ToolResult {
  /** As the model's decoder gave it, in px of the model's input. */
  readonly payload: PayloadRow[];
  readonly letterbox: Letterbox;
  readonly detections: readonly TrackedDetection[];
  readonly issues: readonly Issue[];
  readonly preprocessMs: number;
  readonly inferenceMs: number;
  readonly postprocessMs: number;
}

export type ToolRun = (rgba: Uint8Array) => Promise<ToolResult>;

interface ToolRunOptions {
  readonly plugin: Plugin;
  readonly tool: Tool;
  readonly runtime: Runtime;
  /** Size of the frames. */
  readonly frame: Size;
}

/** One tool of a plugin over the frames of one input, in their order. */
export function makeToolRun({ plugin, tool, runtime, frame }: ToolRunOptions): ToolRun {
  const { labels, dialect, decoder, input } = plugin.manifest;
  const fit = makeFitter(frame, input);
  const letterbox = letterboxOf(frame, input);
  const tracker = tool.tracks ? makeTracker() : undefined;
  return async (rgba) => {
    const startedAt = performance.now();
    const fitted = fit(rgba);
    const fittedAt = performance.now();
    const outputs = await runtime.run(fitted);
    const inferredAt = performance.now();
    const payload = decode(outputs, labels, decoder);
    const { detections, issues } = normalise({ dialect, payload, labels, letterbox });
    const trackIds = tracker?.update(detections) ?? [];
    return {
      payload,
      letterbox,
      issues,
      detections: detections.map((detection, i) => withTrack(detection, trackIds[i])),
      preprocessMs: fittedAt - startedAt,
      inferenceMs: inferredAt - fittedAt,
      postprocessMs: performance.now() - inferredAt,
    };
  };
}

const withTrack = (detection: Detection, id: number | undefined): TrackedDetection =>
  id === undefined ? detection : { ...detection, track_id: id };
