import { ring } from './around.mjs';

/** @typedef {ReturnType<typeof import('../onnx.mjs').makeGraph>} Graph */

/**
 * How much of a cell is covered by a line of the pitch, 0 to 1: pale, with grass on both sides of it in some direction.
 * @param {Graph} graph
 * @param {string} pale [1, 1, height, width]
 * @param {string[]} grass how green it is at each place of the ring, each of the same shape
 * @returns {string} the same shape
 */
export function lineMap(graph, pale, grass) {
  const half = ring.length / 2;
  const between = grass.slice(0, half).map((here, i) => graph.op('Min', [here, grass[i + half]]));
  return graph.op('Mul', [pale, graph.op('Max', between)]);
}
