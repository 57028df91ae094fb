import { mapStride } from './stem.mjs';

/** @typedef {ReturnType<typeof import('../onnx.mjs').makeGraph>} Graph */

const classCount = 4;
const greenChannel = classCount;
/** Heights of players that are looked for, px of the frame. */
export const playerHeightsPx = [27, 37, 50, 66];
const pool = 3;
/** Pixels of the frame that one cell of the score maps covers. */
export const scoreStride = mapStride * pool;
const kernelHeight = 13;
const kernelWidth = 11;
/** Larger templates win ties: a near player also looks like a smaller one inside it. */
const sizeBonus = 0.05;

/**
 * Parts of the template in player heights: down from the head, out from the axis; `weight` is for the shirt's
 * colour or for the green around the player.
 */
const parts = [
  { top: 0.16, bottom: 0.5, inner: 0, outer: 0.13, weight: 1, on: 'shirt' },
  { top: 0.12, bottom: 0.52, inner: 0.2, outer: 0.36, weight: -0.8, on: 'shirt' },
  { top: -0.06, bottom: 0.1, inner: 0, outer: 0.2, weight: -0.5, on: 'shirt' },
  { top: 0.1, bottom: 0.95, inner: 0.25, outer: 0.45, weight: 0.35, on: 'green' },
  { top: 0.1, bottom: 0.95, inner: 0, outer: 0.1, weight: -0.35, on: 'green' },
];

/**
 * Scores of each class (red, blue, yellow, black) at each size and place. All templates are one convolution: the
 * runtime pads to 16 channels anyway, so four sizes cost what one does.
 * @param {Graph} graph
 * @param {string} colours [1, 5, height / 2, width / 2]
 * @param {{ width: number, height: number }} frame
 * @returns {{ scores: string, width: number, height: number, classCount: number }} scores: [sizes, classes, height, width]
 */
export function playerScores(graph, colours, frame) {
  const width = Math.floor(frame.width / scoreStride);
  const height = Math.floor(frame.height / scoreStride);
  const pooled = graph.op('AveragePool', [colours], { kernel_shape: [pool, pool], strides: [pool, pool] });
  const kernel = playerHeightsPx.flatMap((heightPx, size) => templates(heightPx / scoreStride, 1 + sizeBonus * size));
  const shape = [playerHeightsPx.length * classCount, classCount + 1, kernelHeight, kernelWidth];
  const [padY, padX] = [(kernelHeight - 1) / 2, (kernelWidth - 1) / 2];
  const sums = graph.op('Conv', [pooled, graph.floats(kernel, shape)], {
    kernel_shape: [kernelHeight, kernelWidth],
    pads: [padY, padX, padY, padX],
  });
  const scores = graph.op('Reshape', [sums, graph.integers(playerHeightsPx.length, classCount, height, width)]);
  return { scores, width, height, classCount };
}

/** The kernels of one size: for each class the shirt template on its own colour, and the green one. */
function templates(heightCells, gain) {
  const shirt = template(heightCells, 'shirt').map((v) => v * gain);
  const green = template(heightCells, 'green').map((v) => v * gain);
  const empty = shirt.map(() => 0);
  return Array.from({ length: classCount }, (_, label) =>
    Array.from({ length: classCount + 1 }, (_, channel) => {
      if (channel === greenChannel) return green;
      return channel === label ? shirt : empty;
    }).flat(),
  ).flat();
}

/** The parts of the template on one colour, drawn into the kernel's cells; each part sums up to its weight. */
function template(heightCells, on) {
  const kernel = Array(kernelHeight * kernelWidth).fill(0);
  for (const part of parts.filter((p) => p.on === on)) {
    const cover = coverage(part, heightCells);
    const total = cover.reduce((sum, v) => sum + v, 0);
    cover.forEach((v, i) => {
      kernel[i] += (part.weight * v) / total;
    });
  }
  return kernel;
}

/** How many of a cell's samples lie in the part, for each cell of the kernel. */
function coverage(part, heightCells) {
  const samples = 8;
  const cover = Array(kernelHeight * kernelWidth).fill(0);
  for (let row = 0; row < kernelHeight * samples; row++) {
    for (let column = 0; column < kernelWidth * samples; column++) {
      const y = ((row + 0.5) / samples - kernelHeight / 2) / heightCells + 0.5;
      const x = Math.abs(((column + 0.5) / samples - kernelWidth / 2) / heightCells);
      const inside = x >= part.inner && x < part.outer && y >= part.top && y < part.bottom;
      if (inside) cover[Math.floor(row / samples) * kernelWidth + Math.floor(column / samples)]++;
    }
  }
  return cover;
}
