/** @typedef {ReturnType<typeof import('../onnx.mjs').makeGraph>} Graph */

/**
 * Eight places around a cell of the colour maps: across, down. Beyond the largest ball and the widest line, and near enough
 * that a ball beside a line is found. The opposite of a place is the fourth after it.
 */
export const ring = [
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

/**
 * The map as seen from each place of the ring: moved against it, zero beyond the edge.
 * @param {Graph} graph
 * @param {string} map [1, 1, height, width]
 * @param {{ width: number, height: number }} size cells
 * @returns {string[]}
 */
export function around(graph, map, { width, height }) {
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

/**
 * How green it is at each place of the ring.
 * @param {Graph} graph
 * @param {string} green [1, 1, height, width]
 * @param {{ width: number, height: number }} size cells
 * @returns {string[]}
 */
export function grassAround(graph, green, size) {
  const window = { kernel_shape: [3, 3], strides: [1, 1], pads: [1, 1, 1, 1], count_include_pad: 1 };
  return around(graph, graph.op('AveragePool', [green], window), size);
}
