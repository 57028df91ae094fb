import { digitHeightPx, template } from './glyphs.mjs';
import { secondLook } from './second-look.mjs';

/** @typedef {ReturnType<typeof import('../onnx.mjs').makeGraph>} Graph */

const count = 64;
const float32 = { to: 1 };
/** Half the width of a character's box, in heights: characters stand side by side. */
const halfWidth = 0.4;

/**
 * The best characters of one level as rows: places that are the best of their 5 × 5 px, and what a second look says of them.
 * @param {Graph} graph
 * @param {string} scores [1, alphabet, height − 13, width − 8]
 * @param {string} bank from makeBank
 * @param {{ map: string, width: number, scale: number }} level `scale`: px of the level for one of the frame
 * @returns {{ rows: string, count: number }}
 */
export function peakRows(graph, scores, bank, { map, width, scale }) {
  const across = width - template.width + 1;
  const best = graph.op('ReduceMax', [scores], { axes: [1], keepdims: 1 });
  const window = { kernel_shape: [5, 5], strides: [1, 1], pads: [2, 2, 2, 2] };
  const isPeak = graph.op('Equal', [graph.op('MaxPool', [best], window), best]);
  const peaks = graph.op('Where', [isPeak, best, graph.floats(0)]);
  const flat = graph.op('Reshape', [peaks, graph.integers(-1)]);
  const [value, index] = graph.split('TopK', [flat, graph.integers(count)], { axis: 0 }, 2);
  const centre = (position, size) => {
    const cell = graph.op('Cast', [position], float32);
    return graph.op('Mul', [graph.op('Add', [cell, graph.floats(size / 2)]), graph.floats(1 / scale)]);
  };
  const columns = graph.integers(across);
  const corner = { x: graph.op('Mod', [index, columns]), y: graph.op('Div', [index, columns]) };
  const [x, y] = [centre(corner.x, template.width), centre(corner.y, template.height)];
  const { fit, label } = secondLook(graph, map, bank, { ...corner, width });
  // The one template is strict with letters out of focus, and of the many one fits most legs: together they tell them apart.
  const score = graph.op('Mul', [graph.op('Add', [value, fit]), graph.floats(0.5)]);
  const boxHeight = digitHeightPx / scale;
  const moved = (position, by) => graph.op('Add', [position, graph.floats(by)]);
  const parts = [
    moved(x, -halfWidth * boxHeight),
    moved(y, -boxHeight / 2),
    moved(x, halfWidth * boxHeight),
    moved(y, boxHeight / 2),
    graph.op('Clip', [score, graph.floats(0), graph.floats(1)]),
    graph.op('Cast', [label], float32),
  ];
  const axis = graph.integers(1);
  const rows = graph.op(
    'Concat',
    parts.map((part) => graph.op('Unsqueeze', [part, axis])),
    { axis: 1 },
  );
  return { rows, count };
}
