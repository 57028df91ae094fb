import type { Size } from '../letterbox.ts';
import type { Point } from '../oriented-box.ts';
import { type Homography, type PitchFit, type PitchLine, pitchLines, pointsAlong, project } from '../pitch/index.ts';
import type { Scale } from './boxes.ts';
import { clipLine } from './clip.ts';
import { panel } from './palette.ts';
import type { Path, Shape } from './shapes.ts';

/** How the pitch lies in a frame, where that is known. */
export type SeenPitch = Extract<PitchFit, { readonly accepted: true }>;

/** Short enough for arcs to be round, and for a line that runs behind the camera to be cut near the frame's edge. */
const stepM = 1;

/** The lines of the pitch where they are in the frame: ochre, to be told from those that are painted on the grass. */
export function drawPitch({ homography, pitch }: SeenPitch, { frame, sizes }: Scale): readonly Shape[] {
  const paths = pitchLines(pitch).flatMap((line) => seenParts(pointsOf(line, homography), homography, frame));
  return [{ type: 'lines', paths, stroke: { colour: panel.accent, widthPx: 0.8 * sizes.linePx, opacity: 0.95 } }];
}

/** A straight line stays straight: its ends are enough where both are in front of the camera. */
function pointsOf(line: PitchLine, homography: Homography): readonly Point[] {
  const ends = 'radiusM' in line ? [] : [line.from, line.to];
  const isInFront = ends.length > 0 && ends.every((end) => project(homography, end) !== undefined);
  return isInFront ? ends : pointsAlong(line, stepM);
}

function seenParts(metres: readonly Point[], homography: Homography, frame: Size): readonly Path[] {
  const parts: Point[][] = [];
  const seen = metres.map((point) => project(homography, point));
  for (const [i, to] of seen.entries()) {
    const from = seen[i - 1];
    const piece = from && to && clipLine(from, to, frame);
    if (piece === undefined) continue;
    const last = parts.at(-1);
    if (last?.at(-1) === piece[0]) last.push(piece[1]);
    else parts.push([...piece]);
  }
  return parts.map((points) => ({ points }));
}
