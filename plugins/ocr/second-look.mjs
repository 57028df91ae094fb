import { lengthOf } from './correlate.mjs';
import { alphabet, template, variantCount } from './glyphs.mjs';

/** @typedef {ReturnType<typeof import('../onnx.mjs').makeGraph>} Graph */

const pixels = template.width * template.height;
const ofEach = { axes: [1], keepdims: 1 };

/**
 * All variants of all characters, a column for each.
 * @param {Graph} graph
 * @param {number[][]} variants
 */
export function makeBank(graph, variants) {
  const rows = Array.from({ length: pixels }, (_, i) => variants.map((one) => one[i]));
  return graph.floats(rows.flat(), [pixels, variants.length]);
}

/**
 * Which character stands at places where one was found: the one of which a variant fits best. One template a character is
 * enough to find it and not to tell it: an 8 between two px, or between two sizes, is nearer to the 6.
 * @param {Graph} graph
 * @param {string} map brightness [1, 1, height, width]
 * @param {string} bank from makeBank
 * @param {{ x: string, y: string, width: number }} places upper left corners [count], and the map's width
 * @returns {{ fit: string, label: string }} [count] each
 */
export function secondLook(graph, map, bank, places) {
  const patches = cutOut(graph, map, places);
  const centred = graph.op('Sub', [patches, graph.op('ReduceMean', [patches], ofEach)]);
  const variance = graph.op('ReduceMean', [graph.op('Mul', [centred, centred])], ofEach);
  const fits = graph.op('Div', [graph.op('MatMul', [centred, bank]), lengthOf(graph, variance)]);
  const byVariant = graph.op('Reshape', [fits, graph.integers(-1, variantCount, alphabet.length)]);
  const ofCharacters = graph.op('ReduceMax', [byVariant], { axes: [1], keepdims: 0 });
  return {
    fit: graph.op('ReduceMax', [ofCharacters], { axes: [1], keepdims: 0 }),
    label: graph.op('ArgMax', [ofCharacters], { axis: 1, keepdims: 0 }),
  };
}

/** @returns {string} [count, pixels], as large as a template */
function cutOut(graph, map, { x, y, width }) {
  const pixelOf = (i) => Math.floor(i / template.width) * width + (i % template.width);
  const window = graph.integers(...Array.from({ length: pixels }, (_, i) => pixelOf(i)));
  const corner = graph.op('Add', [graph.op('Mul', [y, graph.integers(width)]), x]);
  const indexes = graph.op('Add', [graph.op('Unsqueeze', [corner, graph.integers(1)]), window]);
  return graph.op('Gather', [graph.op('Reshape', [map, graph.integers(-1)]), indexes]);
}
