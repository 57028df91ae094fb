import { alphabet, template } from './glyphs.mjs';

/** @typedef {ReturnType<typeof import('../onnx.mjs').makeGraph>} Graph */

/** Brightness, 0 to 1, has to differ so much within a template (standard deviation): noise on a flat ground is no text. */
const contrastMin = 0.06;
const pixels = template.width * template.height;

/** What a product with a template is divided by to be a correlation, of the variance within the window. */
export function lengthOf(graph, variance) {
  const least = graph.op('Max', [variance, graph.floats(contrastMin ** 2)]);
  return graph.op('Sqrt', [graph.op('Mul', [least, graph.floats(pixels)])]);
}

/**
 * How well each template fits at each place of a brightness map: normalised cross-correlation, −1 to 1. The sum over the
 * window comes out of the same convolution as the templates, which the runtime pads to 16 anyway.
 * @param {Graph} graph
 * @param {string} brightness [1, 1, height, width]
 * @param {string} kernel from makeKernel
 * @returns {string} [1, alphabet, height − 13, width − 8]
 */
export function correlate(graph, brightness, kernel) {
  const window = { kernel_shape: [template.height, template.width] };
  const sums = graph.op('Conv', [brightness, kernel], window);
  const [products, mean] = graph.split('Split', [sums, graph.integers(alphabet.length, 1)], { axis: 1 }, 2);
  const squares = graph.op('Mul', [brightness, brightness]);
  const variance = graph.op('Sub', [meanOf(graph, squares), graph.op('Mul', [mean, mean])]);
  return graph.op('Div', [products, lengthOf(graph, variance)]);
}

/** The templates and, as one more channel, the mean. */
export function makeKernel(graph, templates) {
  const mean = Array(pixels).fill(1 / pixels);
  return graph.floats([...templates, mean].flat(), [templates.length + 1, 1, template.height, template.width]);
}

/** The mean over a template's window: along the rows, then down the columns. */
function meanOf(graph, map) {
  const { width, height } = template;
  const row = graph.floats(Array(width).fill(1 / width), [1, 1, 1, width]);
  const column = graph.floats(Array(height).fill(1 / height), [1, 1, height, 1]);
  const along = graph.op('Conv', [map, row], { kernel_shape: [1, width] });
  return graph.op('Conv', [along, column], { kernel_shape: [height, 1] });
}
