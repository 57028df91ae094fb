// Time of the tracker for a frame with 22 players. Run: npm run build && node bench/tracker.mjs
import { makeTracker } from '../dist/inference/track/tracker.js';
import { makeCamera } from '../samples/camera.mjs';
import { makeCast } from '../samples/cast.mjs';
import { randomNumbers } from '../samples/random.mjs';
import { keepResult, median } from './results.mjs';

const frameCount = 4_000;
const warmUpCount = 500;
const fps = 25;
/** Of the players, so many are missed in a frame. */
const missedShare = 0.05;
const noisePx = 1;

/** Players run about as in the sample clip, for ever: seen by a camera, with noise, and now and then missed. */
function makeFrames() {
  const random = randomNumbers(105);
  const cast = makeCast(random).filter(({ label }) => label === 'red' || label === 'blue' || label === 'yellow');
  const camera = makeCamera({ at: [52.5, -60, 40], towards: [52.5, 34, 0], focalPx: 900, width: 1280, height: 720 });
  const noise = () => (random() - 0.5) * 2 * noisePx;
  return Array.from({ length: frameCount }, (_, i) => {
    // To and fro within eight seconds, so that nobody leaves the picture.
    const timeS = 4 + 4 * Math.sin(i / fps / 4);
    return cast
      .filter(() => random() >= missedShare)
      .map((actor) => {
        const { x, y } = actor.at(timeS);
        const feet = camera([x, y, 0]);
        const height = feet.y - camera([x, y, 1.82]).y;
        const box = { x1: feet.x - 0.21 * height, y1: feet.y - height, x2: feet.x + 0.21 * height, y2: feet.y };
        const moved = Object.entries(box).map(([name, value]) => [name, value + noise()]);
        return { ...Object.fromEntries(moved), label: actor.label, score: 0.4 + 0.6 * random() };
      });
  });
}

const frames = makeFrames();
const tracker = makeTracker();
const ids = new Set();
const timesMs = frames.map((boxes) => {
  const startedAt = performance.now();
  const found = tracker.update(boxes);
  const ms = performance.now() - startedAt;
  for (const id of found) ids.add(id);
  return ms;
});
const measured = timesMs.slice(warmUpCount).sort((a, b) => a - b);
const rounded = (ms) => Math.round(ms * 10_000) / 10_000;
const medianMs = median(measured);
keepResult('tracker', {
  goal: 'at most 0.3 ms a frame with 22 tracks',
  players: 22,
  frames: measured.length,
  boxes_per_frame: Math.round((frames.flat().length / frameCount) * 10) / 10,
  tracks_made: ids.size,
  ms_per_frame: { median: rounded(medianMs), p95: rounded(measured[Math.floor(measured.length * 0.95)]) },
  met: medianMs <= 0.3,
});
process.exitCode = medianMs <= 0.3 ? 0 : 1;
