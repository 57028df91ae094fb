import type { Box } from '../box.ts';
import type { Size } from '../letterbox.ts';
import type { PitchFit } from '../pitch/index.ts';
import { drawBall, isBall } from './ball.ts';
import { type DrawnBox, drawBoxes } from './boxes.ts';
import { clipBox, inOrder } from './clip.ts';
import { drawLabels, type MeasureText, makeLabels } from './labels.ts';
import type { Layer } from './layers.ts';
import { drawNote, pitchNote } from './note.ts';
import { drawPitch } from './pitch.ts';
import { drawRadar, radarBox } from './radar.ts';
import type { Shape } from './shapes.ts';
import { type Sizes, sizesOf } from './sizes.ts';
import { makeTrails } from './trails.ts';

/** One frame, and what is to be seen in it. */
export interface Scene {
  readonly frame: Size;
  readonly boxes: readonly DrawnBox[];
  /** Where it is not known how the pitch lies, there are no lines and no radar, and a note says so. */
  readonly pitch?: PitchFit | undefined;
}

export interface LayoutOptions {
  readonly layers: readonly Layer[];
  /** How long a trail is. */
  readonly trailFrames: number;
  readonly measure: MeasureText;
}

/** The overlay of the frames of one input, in their order: what to draw, as values. It knows of no canvas. */
export interface Layout {
  /** Of every frame, drawn or not: trails go on. */
  see(frameIndex: number, boxes: readonly DrawnBox[]): void;
  /** Of the frame that was seen last. */
  draw(scene: Scene): readonly Shape[];
}

export function makeLayout({ layers, trailFrames, measure }: LayoutOptions): Layout {
  const trails = makeTrails(trailFrames);
  const labels = makeLabels();
  const has = (layer: Layer) => layers.includes(layer);
  const layerOf = (box: { readonly label: string }): Layer => (isBall(box) ? 'ball' : 'players');
  return {
    see: trails.add,
    draw({ frame, boxes, pitch }) {
      const scale = { frame, sizes: sizesOf(frame) };
      const balls = has('ball') ? boxes.filter(isBall) : [];
      const players = has('players') ? boxes.filter((box) => !isBall(box)) : [];
      const seen = pitch?.accepted ? pitch : undefined;
      const note = pitchNote(layers, pitch, { ...scale, measure });
      const radar = seen && has('radar') ? radarBox(seen.pitch, scale) : undefined;
      const taken = [radar, note].filter((place) => place !== undefined);
      const avoided = marksOf(balls, scale.sizes, frame);
      const placed = labels.place(players, { ...scale, measure, taken, avoided });
      return [
        ...(seen && has('pitch') ? drawPitch(seen, scale) : []),
        ...trails.draw(scale.sizes, (track) => has(layerOf(track))),
        ...drawBoxes(players, scale),
        ...drawLabels(placed, scale.sizes),
        ...drawBall(balls, scale),
        ...(seen && radar ? drawRadar(boxes, seen, radar) : []),
        ...(note ? drawNote(note, scale) : []),
      ];
    },
  };
}

/** What the marks of balls take up. */
function marksOf(balls: readonly DrawnBox[], { ballRadiusPx }: Sizes, frame: Size): readonly Box[] {
  return balls.flatMap((ball) => {
    const ordered = inOrder(ball);
    const box = ordered && clipBox(ordered, frame);
    if (box === undefined) return [];
    const [x, y] = [(box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2];
    return [{ x1: x - ballRadiusPx, y1: y - 3 * ballRadiusPx, x2: x + ballRadiusPx, y2: y + ballRadiusPx }];
  });
}
