// Boxes through normalise() in a second of CPU time, for the common dialects, declared. Run: npm run build && node bench/normalise.mjs
import { letterboxOf } from '../dist/inference/letterbox.js';
import { normalise } from '../dist/inference/normalise/index.js';
import { randomNumbers } from '../samples/random.mjs';
import { ownCpuMs } from './cpu-time.mjs';
import { keepResult, median } from './results.mjs';

const boxesPerFrame = 22;
const frameCount = 200;
const roundCount = 30;
const goalPerSecond = 200_000;
const frame = { width: 1280, height: 720 };
const letterbox = letterboxOf(frame, { width: 640, height: 640 });
const labels = ['person', 'ball', 'referee', 'goalkeeper'];

const random = randomNumbers(106);
const boxesOf = () =>
  Array.from({ length: boxesPerFrame }, () => {
    const [x, y] = [random() * 1200, random() * 600];
    return {
      x,
      y,
      w: 10 + random() * 60,
      h: 20 + random() * 90,
      score: random(),
      label: Math.floor(random() * labels.length),
    };
  });
const whole = Math.round;
const input = (value) => value / 2;

/** Frames of each dialect as their writers make them. */
const writers = {
  'xyxy-score-class': (b) =>
    b.map(({ x, y, w, h, score, label }) => [x, y, x + w, y + h].map(input).concat(score, label)),
  'yolo-txt': (b) =>
    b
      .map(({ x, y, w, h, score, label }) =>
        [label, ...[(x + w / 2) / 1280, (y + h / 2) / 720, w / 1280, h / 720, score].map((n) => n.toFixed(6))].join(
          ' ',
        ),
      )
      .join('\n'),
  'coco-results': (b) =>
    b.map(({ x, y, w, h, score, label }) => ({ image_id: 1, category_id: label + 1, bbox: [x, y, w, h], score })),
  ultralytics: (b) =>
    b.map(({ x, y, w, h, score, label }) => ({
      name: labels[label],
      class: label,
      confidence: score,
      box: { x1: x, y1: y, x2: x + w, y2: y + h },
    })),
  'hf-pipeline': (b) =>
    b.map(({ x, y, w, h, score, label }) => ({
      score,
      label: labels[label],
      box: { xmin: whole(x), ymin: whole(y), xmax: whole(x + w), ymax: whole(y + h) },
    })),
  'supervision-json': (b) =>
    b.map(({ x, y, w, h, score, label }, i) => ({
      ...{ x_min: x, y_min: y, x_max: x + w, y_max: y + h },
      ...{ class_id: label, confidence: score, tracker_id: i },
    })),
  torchvision: (b) => [
    {
      boxes: b.map(({ x, y, w, h }) => [x, y, x + w, y + h]),
      labels: b.map(({ label }) => label + 1),
      scores: b.map(({ score }) => score),
    },
  ],
  roboflow: (b) => ({
    image: frame,
    time: 0.02,
    predictions: b.map(({ x, y, w, h, score, label }) => ({
      ...{ x: x + w / 2, y: y + h / 2, width: w, height: h, confidence: score },
      ...{ class: labels[label], class_id: label, detection_id: 'a' },
    })),
  }),
  'yolov5-pandas': (b) =>
    b.map(({ x, y, w, h, score, label }) => ({
      ...{ xmin: x, ymin: y, xmax: x + w, ymax: y + h },
      ...{ confidence: score, class: label, name: labels[label] },
    })),
  'mot-csv': (b) => b.map(({ x, y, w, h, score }, i) => `1,${i + 1},${x},${y},${w},${h},${score},-1,-1,-1`).join('\n'),
};

/** CPU time, the garbage collector's threads included: it is the same on a machine that others use too. */
const seconds = (work) => {
  const startedAtMs = ownCpuMs();
  work();
  return (ownCpuMs() - startedAtMs) / 1000;
};

function measure(dialect, write) {
  const payloads = Array.from({ length: frameCount }, () => write(boxesOf()));
  let boxes = 0;
  const round = () => {
    boxes = 0;
    for (const payload of payloads) boxes += normalise({ dialect, payload, labels, letterbox }).detections.length;
  };
  for (let i = 0; i < 5; i++) round();
  const times = Array.from({ length: roundCount }, () => seconds(round));
  if (boxes !== frameCount * boxesPerFrame)
    throw new Error(`${dialect}: ${boxes} of ${frameCount * boxesPerFrame} boxes were read`);
  return Math.round(boxes / median(times));
}

const perSecond = Object.fromEntries(
  Object.entries(writers).map(([dialect, write]) => [dialect, measure(dialect, write)]),
);
const lowest = Math.min(...Object.values(perSecond));
keepResult('normalise', {
  goal: 'at least 200,000 boxes/s for the common dialects',
  boxes_per_frame: boxesPerFrame,
  boxes_per_cpu_second: perSecond,
  lowest,
  met: lowest >= goalPerSecond,
});
process.exitCode = lowest >= goalPerSecond ? 0 : 1;
