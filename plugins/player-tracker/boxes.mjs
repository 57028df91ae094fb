import { playerHeightsPx, scoreStride } from './players.mjs';
import { mapStride } from './stem.mjs';

/** @typedef {ReturnType<typeof import('../onnx.mjs').makeGraph>} Graph */

const playerCount = 96;
const ballCount = 8;
const ballClass = 4;
const ballSizePx = 8;
/** Half the width of a player's box, in heights. */
const playerHalfWidth = 0.21;
const float32 = { to: 1 };

/**
 * The highest peaks of the players' scores as rows.
 * @param {Graph} graph
 * @param {{ scores: string, width: number, height: number }} map scores: [sizes, classes, height, width]
 * @returns {{ rows: string, count: number }}
 */
export function boxesOfPlayers(graph, { scores, width, height }) {
  const best = graph.op('ReduceMax', [scores], { axes: [0], keepdims: 1 });
  const bestSize = graph.op('ArgMax', [scores], { axis: 0, keepdims: 0 });
  const coarse = peaksOf(graph, best, { width, height, stride: scoreStride, count: playerCount });
  const peaks = { ...coarse, ...betweenCells(graph, best, coarse, width) };
  const sizeAtPeak = graph.op('Gather', [graph.op('Reshape', [bestSize, graph.integers(-1)]), peaks.index]);
  const boxHeight = graph.op('Gather', [graph.floats(playerHeightsPx), sizeAtPeak]);
  const half = {
    width: graph.op('Mul', [boxHeight, graph.floats(playerHalfWidth)]),
    height: graph.op('Mul', [boxHeight, graph.floats(0.5)]),
  };
  return { rows: rowsOf(graph, peaks, half, peaks.channel), count: playerCount };
}

/**
 * The highest peaks of the ball's score as rows.
 * @param {Graph} graph
 * @param {{ scores: string, width: number, height: number }} map scores: [1, 1, height, width]
 * @returns {{ rows: string, count: number }}
 */
export function boxesOfBall(graph, { scores, width, height }) {
  const peaks = peaksOf(graph, scores, { width, height, stride: mapStride, count: ballCount });
  const half = { width: graph.floats([ballSizePx / 2]), height: graph.floats([ballSizePx / 2]) };
  const label = graph.op('Add', [peaks.channel, graph.floats(ballClass)]);
  return { rows: rowsOf(graph, peaks, half, label), count: ballCount };
}

/** Places that are the highest of their 3 × 3 cells, best first: score, channel and centre in px of the frame. */
function peaksOf(graph, scores, { width, height, stride, count }) {
  const window = { kernel_shape: [3, 3], strides: [1, 1], pads: [1, 1, 1, 1] };
  const isPeak = graph.op('Equal', [graph.op('MaxPool', [scores], window), scores]);
  const peaks = graph.op('Where', [isPeak, scores, graph.floats(0)]);
  const flat = graph.op('Reshape', [peaks, graph.integers(-1)]);
  const [value, index] = graph.split('TopK', [flat, graph.integers(count)], { axis: 0 }, 2);
  const cells = graph.integers(width * height);
  const cell = graph.op('Mod', [index, cells]);
  const centre = (position) =>
    graph.op('Mul', [
      graph.op('Add', [graph.op('Cast', [position], float32), graph.floats(0.5)]),
      graph.floats(stride),
    ]);
  return {
    index,
    score: graph.op('Clip', [value, graph.floats(0), graph.floats(1)]),
    channel: graph.op('Cast', [graph.op('Div', [index, cells])], float32),
    x: centre(graph.op('Mod', [cell, graph.integers(width)])),
    y: centre(graph.op('Div', [cell, graph.integers(width)])),
  };
}

/** Where between the cells the peaks are: the top of the parabola through a cell and both beside it, along each axis. */
function betweenCells(graph, scores, peaks, width) {
  const flat = graph.op('Reshape', [scores, graph.integers(-1)]);
  const last = graph.op('Sub', [graph.op('Size', [flat]), graph.integers(1)]);
  const valueAt = (step) => {
    const index = graph.op('Add', [peaks.index, graph.integers(step)]);
    return graph.op('Gather', [flat, graph.op('Max', [graph.op('Min', [index, last]), graph.integers(0)])]);
  };
  const middle = valueAt(0);
  const moved = (place, step) => {
    const [before, after] = [valueAt(-step), valueAt(step)];
    const bend = graph.op('Sub', [graph.op('Add', [middle, middle]), graph.op('Add', [before, after])]);
    const slope = graph.op('Sub', [after, before]);
    const cells = graph.op('Div', [slope, graph.op('Max', [graph.op('Add', [bend, bend]), graph.floats(1e-6)])]);
    const within = graph.op('Clip', [cells, graph.floats(-0.5), graph.floats(0.5)]);
    return graph.op('Add', [place, graph.op('Mul', [within, graph.floats(scoreStride)])]);
  };
  return { x: moved(peaks.x, 1), y: moved(peaks.y, width) };
}

/** One row a peak: x1, y1, x2, y2, score, class. */
function rowsOf(graph, peaks, half, label) {
  const columns = [
    graph.op('Sub', [peaks.x, half.width]),
    graph.op('Sub', [peaks.y, half.height]),
    graph.op('Add', [peaks.x, half.width]),
    graph.op('Add', [peaks.y, half.height]),
    peaks.score,
    label,
  ];
  const axis = graph.integers(1);
  return graph.op(
    'Concat',
    columns.map((column) => graph.op('Unsqueeze', [column, axis])),
    { axis: 1 },
  );
}
