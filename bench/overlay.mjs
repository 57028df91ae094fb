// Time of a frame's overlay at 720p: 22 boxes with labels and trails, the lines of the pitch, and the radar; each layer
// alone beside it, and the frame's way onto the canvas and back, without which there is none. Rounds alternate, so that a
// busy minute hits all. Run: npm run build && node bench/overlay.mjs
import { makeOverlay } from '../dist/inference/overlay/draw.js';
import { fitPitch, pitchLandmarks } from '../dist/inference/pitch/index.js';
import { height, makeScene, width } from '../samples/scene.mjs';
import { keepResult, median } from './results.mjs';

const goalMs = 6;
const boxCount = 22;
const frameCount = 50;
const roundCount = 8;
const pitchSize = { lengthM: 105, widthM: 68 };
const layerSets = {
  all: ['players', 'ball', 'pitch', 'radar'],
  players: ['players'],
  pitch: ['pitch'],
  radar: ['radar'],
  none: [],
};

function makeFrames() {
  const renderAt = makeScene(105);
  return Array.from({ length: frameCount }, (_, index) => {
    const { rgba, objects, camera } = renderAt(index * 40);
    const boxes = objects.slice(0, boxCount).map(({ id, label, box: [x1, y1, x2, y2] }) => {
      return { label, track_id: id + 1, x1, y1, x2, y2 };
    });
    const points = pitchLandmarks(pitchSize).map(({ name, x, y }) => ({ name, score: 1, ...camera([x, y, 0]) }));
    const seen = points.filter(({ x, y }) => x >= 0 && y >= 0 && x < width && y < height);
    const pitch = fitPitch(seen, { width, height }, pitchSize);
    return { pixels: { width, height, rgba: new Uint8Array(rgba.buffer) }, boxes, pitch };
  });
}

/** One round of frames. Between two of them the event loop goes round, as it does in the thread that draws. */
async function drawAll(frames, overlay, round) {
  const times = [];
  for (const [i, { pixels, boxes, pitch }] of frames.entries()) {
    await new Promise(setImmediate);
    // A gap between rounds: nobody leaves a trail from the last frame to the first.
    const index = round * 2 * frameCount + i;
    const [startedAt, cpu] = [performance.now(), process.cpuUsage()];
    overlay.draw({ ...pixels, index }, boxes, pitch);
    const { user, system } = process.cpuUsage(cpu);
    times.push({ wallMs: performance.now() - startedAt, cpuMs: (user + system) / 1000 });
  }
  return times;
}

const frames = makeFrames();
const names = Object.keys(layerSets);
const timesOf = Object.fromEntries(names.map((name) => [name, []]));
const overlays = names.map((name) => makeOverlay({ layers: layerSets[name] }));
for (let round = 0; round <= roundCount; round++) {
  for (const [i, name] of names.entries()) {
    const times = await drawAll(frames, overlays[i], round);
    // The first is there to be warm.
    if (round > 0) timesOf[name].push(...times);
  }
}
const rounded = (ms) => Math.round(ms * 100) / 100;
const percentile = (values, part) => [...values].sort((a, b) => a - b)[Math.floor(values.length * part)];
const figures = (name, field) => {
  const values = timesOf[name].map((time) => time[field]);
  return { min: rounded(Math.min(...values)), median: rounded(median(values)), p95: rounded(percentile(values, 0.95)) };
};
const medianMs = median(timesOf.all.map(({ wallMs }) => wallMs));
keepResult('overlay', {
  goal: `at most ${goalMs} ms a frame, median: ${boxCount} boxes with labels and trails, pitch and radar at 720p`,
  boxes_per_frame: rounded(frames.reduce((sum, { boxes }) => sum + boxes.length, 0) / frameCount),
  frames: timesOf.all.length,
  ms_per_frame: Object.fromEntries(names.map((name) => [name, figures(name, 'wallMs')])),
  cpu_ms_per_frame: Object.fromEntries(names.map((name) => [name, figures(name, 'cpuMs')])),
  times_the_bare_canvas: rounded(medianMs / median(timesOf.none.map(({ wallMs }) => wallMs))),
  met: medianMs <= goalMs,
});
process.exitCode = medianMs <= goalMs ? 0 : 1;
