import type { Box } from '../box.ts';
import type { PitchFit } from '../pitch/index.ts';
import type { Scale } from './boxes.ts';
import type { MeasureText } from './labels.ts';
import type { Layer } from './layers.ts';
import { panel } from './palette.ts';
import type { Shape } from './shapes.ts';

/** A small note: its words, and the plate that they stand on. */
export interface Note extends Box {
  readonly text: string;
}

/** Heights and margins in sizes of the text. */
const heightPart = 1.7;
const marginPart = 0.7;
const baselinePart = 1.2;

/**
 * What is missing in a frame where it is not known how the pitch lies, and why, where the radar would stand.
 * @returns none where nothing is missing, or where a frame is too small for words
 */
export function pitchNote(
  layers: readonly Layer[],
  pitch: PitchFit | undefined,
  { frame, sizes, measure }: Scale & { readonly measure: MeasureText },
): Note | undefined {
  const missing = [layers.includes('radar') && 'radar', layers.includes('pitch') && 'lines'].filter(Boolean);
  if (pitch?.accepted || missing.length === 0) return undefined;
  const why = pitch === undefined ? 'pitch not looked for' : 'pitch not recognised';
  const text = `${why}: no ${missing.join(', no ')}`;
  const { textPx, linePx } = sizes;
  const width = Math.ceil(measure(text, textPx) + 2 * marginPart * textPx);
  const height = Math.ceil(heightPart * textPx);
  const [x1, y2] = [Math.round((frame.width - width) / 2), Math.round(frame.height - 4 * linePx)];
  return x1 < 0 || y2 < height ? undefined : { text, x1, y1: y2 - height, x2: x1 + width, y2 };
}

export function drawNote({ text, x1, y1, x2, y2 }: Note, { sizes: { textPx } }: Scale): readonly Shape[] {
  const at = { x: x1 + marginPart * textPx, y: y1 + baselinePart * textPx };
  const { ground, opacity, ink } = panel;
  return [
    { type: 'plate', x1, y1, x2, y2, radiusPx: 0.5 * textPx, colour: ground, opacity },
    { type: 'words', text, ...at, sizePx: textPx, colour: ink },
  ];
}
