/** @typedef {ReturnType<typeof import('../onnx.mjs').makeGraph>} Graph */

/**
 * How much of a colour a pixel has: weights of red, green, blue (0–1) and a bias; what comes out is cut to 0–1. Pale is as much
 * as a white line covers of a cell of grass.
 */
const colourWeights = {
  red: [5, -2.5, -2.5, -2],
  blue: [-2.5, -2.5, 5, -1.25],
  yellow: [2.5, 2.5, -5, -2.25],
  black: [-4, -4, -4, 2],
  green: [-4, 8, -4, -0.8],
  white: [2, 2, 2, -4.4],
  pale: [0.7, 0, 0.7, -0.36],
};

/** Pixels of the frame that one cell of the colour maps covers, along each axis. */
export const mapStride = 2;

/**
 * Colour maps at half the size of the frame. The image goes in as the bytes that a canvas or decoder gives: the
 * transpose costs less inside the model than packing in JavaScript.
 * @param {Graph} graph
 * @param {string} image uint8 [1, height, width, 4]
 * @returns {{ colours: string, green: string, white: string, pale: string }} colours: red, blue, yellow, black, green
 */
export function colourMaps(graph, image) {
  const weights = Object.values(colourWeights);
  const channels = graph.op('Transpose', [image], { perm: [0, 3, 1, 2] });
  const pixels = graph.op('Cast', [channels], { to: 1 });
  const cells = mapStride * mapStride;
  const kernel = weights.flatMap(([red, green, blue]) =>
    [red, green, blue, 0].flatMap((weight) => Array(cells).fill(weight / 255 / cells)),
  );
  const bias = weights.map((w) => w[3]);
  const sums = graph.op(
    'Conv',
    [pixels, graph.floats(kernel, [weights.length, 4, mapStride, mapStride]), graph.floats(bias)],
    { kernel_shape: [mapStride, mapStride], strides: [mapStride, mapStride] },
  );
  const maps = graph.op('Clip', [sums, graph.floats(0), graph.floats(1)]);
  const [colours, white, pale] = graph.split('Split', [maps, graph.integers(5, 1, 1)], { axis: 1 }, 3);
  const green = graph.op('Slice', [colours, graph.integers(4), graph.integers(5), graph.integers(1)]);
  return { colours, green, white, pale };
}
