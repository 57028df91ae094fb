import type { Candidate } from '../candidate.ts';
import type { DialectReading } from '../dialect.ts';
import { members } from './evidence.ts';
import { at } from './fields.ts';
import { four, xyxy } from './geometry.ts';
import { byName } from './labels.ts';
import { evidenceOfWritten, readWritten, writtenList } from './written.ts';

/** What Qwen2.5-VL and Qwen3-VL write alike: `[{"bbox_2d": [x1, y1, x2, y2], "label"}]`; they count in two units. */
export const readQwen = (payload: unknown, labels: readonly string[]): DialectReading =>
  readWritten(payload, (item, path): Candidate => {
    const { text_content: text, label = text === undefined ? undefined : (labels[0] ?? 'text') } = item;
    return { path, corners: xyxy(four(item.bbox_2d)), ...byName(label), text };
  });

export const evidenceOfQwen = (payload: unknown): readonly string[] =>
  evidenceOfWritten(payload, (item) => members(item, ['bbox_2d:four'], ['label', 'text_content']));

/** Whether a number goes beyond a thousand: then they are no thousandths. */
export function isBeyondThousand(payload: unknown): boolean {
  const items = writtenList(payload)?.items ?? [];
  return items.some((item) => four(at(item, 'bbox_2d'))?.some((value) => Number(value) > 1000));
}
