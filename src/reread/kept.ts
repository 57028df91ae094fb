import { z } from 'zod';
import type { Row } from '../engine.ts';
import type { Detection, FormOutput, Issue, Payload, ToolOptions } from '../inference/index.ts';
import { trackerOptions } from '../inference/index.ts';

/** What a job kept of how it ran. One of an earlier version, or of another program, kept less. */
const ranSchema = z.object({
  tracks: z.boolean().optional(),
  single: z.array(z.string()).optional(),
  tracker: trackerOptions.optional(),
  labels: z.array(z.string()).optional(),
});

export interface Ran extends ToolOptions {
  readonly labels: readonly string[] | undefined;
}

export function ranOf(attrs: unknown): Ran {
  const { labels, tracks = false, single = [], tracker } = ranSchema.catch({}).parse(parsed(attrs) ?? {});
  return { labels, tracks, single, ...(tracker && { tracker }) };
}

const issueSchema = z.object({ code: z.string(), path: z.string(), message: z.string() });

const rawAttrsSchema = z.object({
  letterbox: z
    .object({ scale: z.number(), left: z.number(), top: z.number(), scale_y: z.number().optional() })
    .optional(),
  decoder_issues: z.array(issueSchema).default([]),
});

/** A raw output as its form once gave it. One that kept no letterbox is in px of the frame. */
export function outputOf({ dialect, payload, width, height, attrs }: Row): FormOutput & { readonly dialect: string } {
  const { letterbox, decoder_issues } = rawAttrsSchema.catch({ decoder_issues: [] }).parse(parsed(attrs) ?? {});
  const { scale = 1, scale_y = scale, left = 0, top = 0 } = letterbox ?? {};
  const frame = { width: Number(width), height: Number(height) };
  return {
    dialect: String(dialect),
    payload: parsed(payload) as Payload,
    letterbox: { frame, scale, scaleY: scale_y, left, top },
    issues: decoder_issues as readonly Issue[],
    preprocessMs: 0,
    inferenceMs: 0,
    postprocessMs: 0,
  };
}

/** A box that was kept without its raw output: that says no more. */
export function boxOf(row: Row): Detection {
  const { label, score, track_id, x1, y1, x2, y2, text, keypoints } = row;
  return {
    label: String(label),
    ...{ x1: Number(x1), y1: Number(y1), x2: Number(x2), y2: Number(y2) },
    ...(score !== null && { score: Number(score) }),
    ...(track_id !== null && { track_id: Number(track_id) }),
    ...(text !== null && { text: String(text) }),
    ...(keypoints !== null && { keypoints: parsed(keypoints) as NonNullable<Detection['keypoints']> }),
  };
}

export const issueOf = ({ code, path, message }: Row): Issue => ({ code, path, message }) as unknown as Issue;

/** JSON of the lake, which is JSON because it was judged when it was taken in. */
const parsed = (text: unknown): unknown => (typeof text === 'string' ? JSON.parse(text) : undefined);
