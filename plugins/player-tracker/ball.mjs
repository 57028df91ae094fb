import { around, ring } from './around.mjs';

/** @typedef {ReturnType<typeof import('../onnx.mjs').makeGraph>} Graph */

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
 * @param {string[]} grass how green it is at each place of the ring, each of the same shape
 * @param {{ width: number, height: number }} size cells
 * @returns {string} the same shape
 */
export function ballScore(graph, white, grass, size) {
  const middle = graph.op('Conv', [white, graph.floats(blur, [1, 1, 3, 3])], window);
  const above = grass[ring.findIndex(([x, y]) => x === 0 && y < 0)];
  const onGrass = graph.op('Mul', [graph.op('Mean', grass), above]);
  const whitest = (map) => graph.op('Max', around(graph, map, size));
  const clip = (value) => graph.op('Clip', [value, graph.floats(0), graph.floats(1)]);
  const peak = graph.op('MaxPool', [white], window);
  const offLine = clip(graph.op('Sub', [graph.floats(1.6), graph.op('Mul', [whitest(peak), graph.floats(2)])]));
  const onLine = clip(graph.op('Mul', [graph.op('Sub', [middle, whitest(middle)]), graph.floats(standOut)]));
  const alone = graph.op('Max', [offLine, graph.op('Mul', [onLine, graph.floats(onLineWeight)])]);
  return graph.op('Mul', [middle, graph.op('Mul', [alone, onGrass])]);
}
