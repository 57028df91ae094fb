import { digitHeightPx, template } from './glyphs.mjs';

/** @typedef {ReturnType<typeof import('../onnx.mjs').makeGraph>} Graph */

const count = 64;
const float32 = { to: 1 };
/** Half the width of a character's box, in heights: characters stand side by side. */
const halfWidth = 0.4;

/**
 * The best characters of one level as rows: places that are the best of their 5 × 5 px.
 * @param {Graph} graph
 * @param {string} scores [1, alphabet, height − 13, width − 8]
 * @param {{ width: number, scale: number }} level `scale`: px of the level for one of the frame
 * @returns {{ rows: string, count: number }}
 */
export function peakRows(graph, scores, { width, scale }) {
  const across = width - template.width + 1;
  const best = graph.op('ReduceMax', [scores], { axes: [1], keepdims: 1 });
  const label = graph.op('ArgMax', [scores], { axis: 1, keepdims: 1 });
  const window = { kernel_shape: [5, 5], strides: [1, 1], pads: [2, 2, 2, 2] };
  const isPeak = graph.op('Equal', [graph.op('MaxPool', [best], window), best]);
  const peaks = graph.op('Where', [isPeak, best, graph.floats(0)]);
  const flat = (map) => graph.op('Reshape', [map, graph.integers(-1)]);
  const [value, index] = graph.split('TopK', [flat(peaks), graph.integers(count)], { axis: 0 }, 2);
  const centre = (position, size) => {
    const cell = graph.op('Cast', [position], float32);
    return graph.op('Mul', [graph.op('Add', [cell, graph.floats(size / 2)]), graph.floats(1 / scale)]);
  };
  const columns = graph.integers(across);
  const x = centre(graph.op('Mod', [index, columns]), template.width);
  const y = centre(graph.op('Div', [index, columns]), template.height);
  const boxHeight = digitHeightPx / scale;
  const moved = (position, by) => graph.op('Add', [position, graph.floats(by)]);
  const parts = [
    moved(x, -halfWidth * boxHeight),
    moved(y, -boxHeight / 2),
    moved(x, halfWidth * boxHeight),
    moved(y, boxHeight / 2),
    graph.op('Clip', [value, graph.floats(0), graph.floats(1)]),
    graph.op('Cast', [graph.op('Gather', [flat(label), index])], float32),
  ];
  const axis = graph.integers(1);
  const rows = graph.op(
    'Concat',
    parts.map((part) => graph.op('Unsqueeze', [part, axis])),
    { axis: 1 },
  );
  return { rows, count };
}
