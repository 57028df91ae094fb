import { type DrawnBox, rimStroke, type Scale } from './boxes.ts';
import { inOrder } from './clip.ts';
import { ballLook, dark, light } from './palette.ts';
import { circle, type Path, type Shape } from './shapes.ts';

/** Labels that mean the ball: ours, and COCO's. */
const ballLabels = ['ball', 'sports ball'];

export const isBall = ({ label }: { readonly label: string }): boolean => ballLabels.includes(label);

/** A ball is smaller than any box around it could show: a ring, and a mark above it that is found at a glance. */
export function drawBall(balls: readonly DrawnBox[], { sizes }: Scale): readonly Shape[] {
  const boxes = balls.map(inOrder).filter((box) => box !== undefined);
  if (boxes.length === 0) return [];
  const { linePx, haloPx, ballRadiusPx } = sizes;
  const marks = boxes.map(({ x1, y1, x2, y2 }) => {
    const at = { x: (x1 + x2) / 2, y: (y1 + y2) / 2 };
    const radius = Math.max(ballRadiusPx, (x2 - x1) / 2 + 2 * linePx);
    return { ring: circle(at, radius), mark: triangle(at.x, at.y - radius - 1.5 * linePx, 0.9 * ballRadiusPx) };
  });
  const [rings, triangles] = [marks.map(({ ring }) => ring), marks.map(({ mark }) => mark)];
  return [
    { type: 'lines', paths: rings, stroke: rimStroke(dark, sizes) },
    { type: 'lines', paths: rings, stroke: { colour: ballLook.colour, widthPx: linePx } },
    { type: 'lines', paths: triangles, stroke: { colour: dark, widthPx: linePx + 2 * haloPx } },
    { type: 'lines', paths: triangles, stroke: { colour: light, widthPx: linePx } },
    { type: 'areas', paths: triangles, colour: ballLook.colour },
  ];
}

/** Points down at a place. */
const triangle = (x: number, y: number, half: number): Path => ({
  points: [
    { x, y },
    { x: x + half, y: y - 1.6 * half },
    { x: x - half, y: y - 1.6 * half },
  ],
  isClosed: true,
});
