import { makeGraph } from '../onnx.mjs';
import { correlate, makeKernel } from './correlate.mjs';
import { makeTemplates, makeVariants } from './glyphs.mjs';
import { peakRows } from './peaks.mjs';
import { makeBank } from './second-look.mjs';

const frame = { width: 1280, height: 720 };
const brightnessOf = [0.299, 0.587, 0.114, 0].map((weight) => weight / 255);
/** The picture is halved so often, and of each size there are these: digits of 10 to 34 px are read, at most a tenth off. */
const halvings = 2;
const shrinkings = [0, 1, 2, 3].map((i) => 2 ** (-i / 4));

/**
 * Digits and colons are found by comparing the picture, at several sizes, with each character's template. Peaks are compared
 * again with many templates of each character, and become boxes in the model; the decoder joins them to texts.
 *
 * RGBA bytes [1, height, width, 4] in; rows of x1, y1, x2, y2, score, class out: [1, rows, 6].
 */
export function makeModel() {
  const graph = makeGraph('digit-reader');
  const image = graph.input('image', 'uint8', [1, frame.height, frame.width, 4]);
  const kernel = makeKernel(graph, makeTemplates());
  const bank = makeBank(graph, makeVariants());
  const levels = makeLevels(graph, brightness(graph, image));
  const found = levels.map((level) => peakRows(graph, correlate(graph, level.map, kernel), bank, level));
  const rows = graph.op(
    'Concat',
    found.map((one) => one.rows),
    { axis: 0 },
  );
  const count = found.reduce((sum, one) => sum + one.count, 0);
  graph.output('characters', graph.op('Unsqueeze', [rows, graph.integers(0)]), [1, count, 6]);
  return graph.write();
}

function brightness(graph, image) {
  const channels = graph.op('Cast', [graph.op('Transpose', [image], { perm: [0, 3, 1, 2] })], { to: 1 });
  return graph.op('Conv', [channels, graph.floats(brightnessOf, [1, 4, 1, 1])], { kernel_shape: [1, 1] });
}

/** The picture at each size; `scale`: px of a level for one of the frame. */
function makeLevels(graph, map) {
  const levels = [];
  let base = { map, ...frame, scale: 1 };
  for (let i = 0; i < halvings; i++) {
    levels.push(...shrinkings.map((factor) => (factor === 1 ? base : shrink(graph, base, factor))));
    base = halve(graph, base);
  }
  return levels;
}

function shrink(graph, { map, width, height, scale }, factor) {
  const [w, h] = [Math.round(width * factor), Math.round(height * factor)];
  const resized = graph.op('Resize', [map, '', '', graph.integers(1, 1, h, w)], { mode: 'linear' });
  return { map: resized, width: w, height: h, scale: scale * factor };
}

function halve(graph, { map, width, height, scale }) {
  const halved = graph.op('AveragePool', [map], { kernel_shape: [2, 2], strides: [2, 2] });
  return { map: halved, width: width / 2, height: height / 2, scale: scale / 2 };
}
