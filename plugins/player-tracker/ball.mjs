import { mapStride } from './stem.mjs';

/** @typedef {ReturnType<typeof import('../onnx.mjs').makeGraph>} Graph */

/**
 * Eight places around the ball, in cells of the colour maps: across, down. Near enough that the ball beside a line is
 * found, and beyond the largest ball.
 */
const ring = [
  [4, 0],
  [3, 3],
  [0, 4],
  [-3, 3],
  [-4, 0],
  [-3, -3],
  [0, -4],
  [3, -3],
];
const margin = 4;
const blur = [1, 2, 1, 2, 4, 2, 1, 2, 1].map((v) => v / 16);
/** A ball on grass is whiter than its surroundings by nearly 1, one on a line by a third: it is wider than the line. */
const standOut = 2.2;
/** What lies on nothing wins against what may be a crossing of lines or a piece of a board. */
const onLineWeight = 0.7;
const window = { kernel_shape: [3, 3], strides: [1, 1], pads: [1, 1, 1, 1] };

/**
 * The ball: white in the middle, green on average around it, green above it (a white boot has a leg there), and
 * no white anywhere around, or at least nothing as white: it is wider than a pitch line on which it lies.
 * @param {Graph} graph
 * @param {string} white [1, 1, height / 2, width / 2]
 * @param {string} green the same shape
 * @param {{ width: number, height: number }} frame
 * @returns {{ scores: string, width: number, height: number }} scores: [1, 1, height, width]
 */
export function ballScore(graph, white, green, frame) {
  const size = { width: frame.width / mapStride, height: frame.height / mapStride };
  const middle = graph.op('Conv', [white, graph.floats(blur, [1, 1, 3, 3])], window);
  const grass = around(graph, graph.op('AveragePool', [green], { ...window, count_include_pad: 1 }), size);
  const above = grass[ring.findIndex(([x, y]) => x === 0 && y < 0)];
  const onGrass = graph.op('Mul', [graph.op('Mean', grass), above]);
  const whitest = (map) => graph.op('Max', around(graph, map, size));
  const clip = (value) => graph.op('Clip', [value, graph.floats(0), graph.floats(1)]);
  const peak = graph.op('MaxPool', [white], window);
  const offLine = clip(graph.op('Sub', [graph.floats(1.6), graph.op('Mul', [whitest(peak), graph.floats(2)])]));
  const onLine = clip(graph.op('Mul', [graph.op('Sub', [middle, whitest(middle)]), graph.floats(standOut)]));
  const alone = graph.op('Max', [offLine, graph.op('Mul', [onLine, graph.floats(onLineWeight)])]);
  return { scores: graph.op('Mul', [middle, graph.op('Mul', [alone, onGrass])]), ...size };
}

/** The map as seen from each place of the ring: moved against it, zero beyond the edge. */
function around(graph, map, { width, height }) {
  const padded = graph.op('Pad', [map, graph.integers(0, 0, margin, margin, 0, 0, margin, margin)]);
  return ring.map(([x, y]) =>
    graph.op('Slice', [
      padded,
      graph.integers(margin + y, margin + x),
      graph.integers(margin + y + height, margin + x + width),
      graph.integers(2, 3),
    ]),
  );
}
