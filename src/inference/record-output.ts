import { createHash } from 'node:crypto';
import type { JobEmitter } from '../emitters/index.ts';
import type { Letterbox } from './letterbox.ts';
import { dialectOf, differs, rawValuesOf, unitText } from './normalise/index.ts';
import type { ToolResult } from './tool-run.ts';

/** Which raw outputs a job keeps: all, those that its detections do not say whole or that have issues, or none. */
export type KeepRaw = 'always' | 'issues' | 'never';

export interface OutputSource {
  readonly plugin: string;
  readonly tool: string;
  readonly frame_index: number;
}

interface Keeping {
  readonly keepRaw: KeepRaw;
  /** Of the labels that classes were named by. */
  readonly labelsSha256: string;
}

/** One frame's output as events: as it came, where that is kept, and what it was read as. */
export function recordOutput(
  emitter: JobEmitter,
  source: OutputSource,
  result: ToolResult,
  { keepRaw, labelsSha256 }: Keeping,
): void {
  const { payload, dialect, letterbox, issues } = result;
  const isKept =
    keepRaw === 'always' ||
    (keepRaw === 'issues' && (issues.length > 0 || differs(payload, dialectOf(dialect), result.read)));
  if (isKept) {
    const { width, height } = letterbox.frame;
    const attrs = { ...attrsOf(result), labels_sha256: labelsSha256 };
    emitter.outputRaw({ ...source, dialect, payload, width, height, attrs });
  }
  recordRead(emitter, source, result, { isRawKept: isKept });
}

interface Reading {
  /** Whether detections tell what was written where they say it otherwise. */
  readonly isRawKept: boolean;
  /** Left out in what the job itself writes. */
  readonly generation?: number;
}

/** What one frame's output was read as. */
export function recordRead(
  emitter: Pick<JobEmitter, 'detection' | 'outputIssue'>,
  source: OutputSource,
  { detections, candidates, issues }: Pick<ToolResult, 'detections' | 'candidates' | 'issues'>,
  { isRawKept, generation }: Reading,
): void {
  const reading = generation !== undefined && { generation };
  detections.forEach((detection, i) => {
    const candidate = isRawKept ? candidates[i] : undefined;
    const raw = candidate && rawValuesOf(candidate, detection);
    // The frame is the job’s, whatever an output calls it.
    emitter.detection({ ...detection, ...source, ...reading, ...(raw && { attrs: { raw } }) });
  });
  for (const issue of issues) emitter.outputIssue({ ...source, ...reading, ...issue });
}

/** What it takes to read an output again, and what its numbers were taken for. */
function attrsOf({ letterbox, dialect, read, decoderIssues }: ToolResult) {
  const form = dialectOf(dialect);
  const { unitsInferred, paddingCount } = read;
  const reads = form && {
    unit: form.unit === 'px or ratio' && unitsInferred !== undefined ? unitsInferred : unitText(form.unit),
    geometry: form.geometry,
    ...(form.scoreFull !== undefined && { score_full: form.scoreFull }),
  };
  return {
    letterbox: letterboxAttrs(letterbox),
    ...(reads && { reads }),
    ...(unitsInferred !== undefined && { units_inferred: true }),
    ...(paddingCount !== undefined && { padding_count: paddingCount }),
    // What it told of is not in the payload, and could not be found again.
    ...(decoderIssues.length > 0 && { decoder_issues: decoderIssues.map((issue) => ({ ...issue })) }),
  };
}

const letterboxAttrs = ({ scale, scaleY, left, top }: Letterbox) => ({
  scale,
  left,
  top,
  ...(scaleY !== scale && { scale_y: scaleY }),
});

export const sha256Of = (labels: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(labels)).digest('hex');
