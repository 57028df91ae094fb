// What the golden pictures of the overlay show: one for each of its layers, and one of all toggles. Each scene can be drawn
// with a small mistake planted in it, to see that the comparison would find one.
import { makeOverlay } from '../../../dist/inference/overlay/draw.js';
import { fitPitch, pitchLandmarks } from '../../../dist/inference/pitch/index.js';
import { makeCamera } from '../../../samples/camera.mjs';

/** @typedef {{ label: string, track_id?: number, x1: number, y1: number, x2: number, y2: number }} DrawnBox */

const size = { width: 640, height: 360 };
const lawPitch = { lengthM: 105, widthM: 68 };
const largePitch = { lengthM: 120, widthM: 70 };
const allLayers = ['players', 'ball', 'pitch', 'radar'];
const stripePx = 40;

/** Mown grass: even, so that the picture is a small file. */
function grass({ width, height }, index) {
  const rgba = new Uint8Array(width * height * 4);
  for (let at = 0; at < rgba.length; at += 4) {
    const isLight = Math.floor(((at / 4) % width) / stripePx) % 2 === 0;
    rgba.set(isLight ? [70, 128, 74, 255] : [62, 118, 68, 255], at);
  }
  return { width, height, rgba, index };
}

/** @param {number} turnM how far to the right of the middle the camera looks */
function cameraOn({ lengthM, widthM }, { width, height }, turnM = 0) {
  const view = { at: [lengthM / 2 - 6, -30, 20], towards: [lengthM / 2 - 4 + turnM, widthM / 2 - 4, 0] };
  const camera = makeCamera({ ...view, focalPx: 0.95 * width, width, height });
  return ([x, y]) => camera([x, y, 0]);
}

function fitOf(pitch, frame, turnM) {
  const camera = cameraOn(pitch, frame, turnM);
  const points = pitchLandmarks(pitch).map(({ name, x, y }) => ({ name, score: 1, ...camera([x, y]) }));
  return fitPitch(
    points.filter(({ x, y }) => x >= 0 && y >= 0 && x < frame.width && y < frame.height),
    frame,
    pitch,
  );
}

const labels = ['red', 'blue', 'yellow', 'black'];
/** Where players stand on the pitch, metres. */
const places = [
  [38, 20],
  [46, 42],
  [60, 30],
  [55, 56],
  [34, 48],
  [66, 14],
];

/** @returns {readonly DrawnBox[]} with the ball as the last */
function playersOn(pitch, frame, movedM = 0) {
  const camera = cameraOn(pitch, frame);
  const players = places.map(([placeX, y], i) => {
    const feet = camera([placeX + (i === 2 ? movedM : 0), y]);
    const height = 0.11 * frame.height;
    const box = { x1: feet.x - height / 5, y1: feet.y - height, x2: feet.x + height / 5, y2: feet.y };
    return { label: labels[i % labels.length] ?? '', track_id: i + 1, ...box };
  });
  const { x, y } = camera([51, 24]);
  return [...players, { label: 'ball', track_id: 99, x1: x - 2, y1: y - 4, x2: x + 2, y2: y }];
}

/** @param {{ boxes?: readonly DrawnBox[], layers?: readonly string[], pitch?: object, frame?: typeof size }} scene */
const drawOne = ({ boxes = [], layers = ['players', 'ball'], pitch, frame = size }) =>
  makeOverlay({ layers }).draw(grass(frame, 0), boxes, pitch);

/** Every outline, a turned box, a body, a text that was read, and one that is half out of the picture. */
function boxes(isPlanted) {
  const standing = [...labels, 'goalkeeper', 'person'].map((label, i) => {
    const x1 = 24 + 62 * i;
    return { label, x1, y1: 60, x2: x1 + 32 + (isPlanted && i === 1 ? 2 : 0), y2: 140 };
  });
  const corners = [80, 230, 150, 200, 164, 233, 94, 263];
  const turned = { label: 'plane', x1: 80, y1: 200, x2: 164, y2: 263, keypoints: pointsOf(corners) };
  const joints = [
    [0, -46, 3, -49, -3, -49, 6, -47, -6, -47, 12, -36, -12, -36, 17, -20, -17, -20, 20, -6],
    [-20, -6, 8, 0, -8, 0, 10, 22, -10, 22, 11, 44, -11, 44],
  ].flat();
  const body = pointsOf(joints).map(({ x, y }) => ({ x: 260 + x, y: 240 + y }));
  return drawOne({
    boxes: [
      ...standing,
      turned,
      { label: 'person', x1: 238, y1: 190, x2: 282, y2: 286, keypoints: body },
      { label: 'text', text: '67:11', x1: 380, y1: 210, x2: 470, y2: 250 },
      { label: 'red', x1: 600, y1: 300, x2: 700, y2: 420 },
    ],
  });
}

const pointsOf = (values) => values.flatMap((x, i) => (i % 2 === 0 ? [{ x, y: values[i + 1] ?? 0 }] : []));

/** A crowd, in which labels look for room. */
function labelsOfACrowd(isPlanted) {
  const crowd = Array.from({ length: 22 }, (_, i) => {
    const [x1, y1] = [200 + ((i * 53) % 240), 90 + ((i * 37) % 170)];
    const trackId = isPlanted && i === 21 ? 28 : i + 1;
    return { label: labels[i % 4] ?? '', track_id: trackId, x1, y1, x2: x1 + 16, y2: y1 + 40 };
  });
  return drawOne({ boxes: crowd });
}

/** Who has run for half a minute, with what is left of the way. */
function trails(isPlanted) {
  const overlay = makeOverlay({ layers: ['players', 'ball'], trailFrames: isPlanted ? 22 : 25 });
  const at = (index) =>
    [...labels, 'ball'].map((label, i) => {
      const angle = index / 12 + i;
      const [x, y] = [90 + 110 * i + 36 * Math.cos(angle), 190 + 60 * Math.sin(angle)];
      const reach = label === 'ball' ? 3 : 9;
      return { label, track_id: 3 * i + 4, x1: x - reach, y1: y - (label === 'ball' ? 6 : 40), x2: x + reach, y2: y };
    });
  for (let index = 0; index < 40; index++) overlay.pass({ ...size, index, rgba: new Uint8Array() }, at(index));
  return overlay.draw(grass(size, 40), at(40));
}

function ball(isPlanted) {
  const shift = isPlanted ? 1.5 : 0;
  const balls = [
    { label: 'ball', x1: 318, y1: 178 - shift, x2: 324, y2: 184 - shift },
    { label: 'sports ball', x1: 420, y1: 90, x2: 460, y2: 130 },
  ];
  return drawOne({ boxes: [...balls, { label: 'red', track_id: 7, x1: 326, y1: 140, x2: 342, y2: 186 }] });
}

const pitch = (isPlanted) => drawOne({ layers: ['pitch'], pitch: fitOf(lawPitch, size, isPlanted ? 0.1 : 0) });

const radar = (isPlanted) =>
  drawOne({ layers: ['radar'], boxes: playersOn(lawPitch, size, isPlanted ? 1.5 : 0), pitch: fitOf(lawPitch, size) });

function radarOfALargePitch(isPlanted) {
  const fit = fitOf(largePitch, size);
  const scene = { layers: ['pitch', 'radar'], boxes: playersOn(largePitch, size) };
  return drawOne({ ...scene, pitch: isPlanted ? { ...fit, pitch: lawPitch } : fit });
}

function noPitch(isPlanted) {
  const refused = fitPitch([], size, lawPitch);
  return drawOne({ layers: allLayers, boxes: playersOn(lawPitch, size), pitch: isPlanted ? undefined : refused });
}

/** All sixteen combinations, in rows of four; in the last tile everything is on. */
function toggles(isPlanted) {
  const tile = { width: 320, height: 180 };
  const [scene, fit] = [playersOn(lawPitch, tile), fitOf(lawPitch, tile)];
  const tiles = Array.from({ length: 16 }, (_, i) => {
    const layers = allLayers.filter((_, bit) => (i >> bit) % 2 === 1 && !(isPlanted && i === 7 && bit === 1));
    return drawOne({ frame: tile, boxes: scene, layers, pitch: fit });
  });
  return sheetOf(tiles, tile, 4);
}

function sheetOf(tiles, tile, columns) {
  const [width, height] = [tile.width * columns, (tile.height * tiles.length) / columns];
  const rgba = new Uint8Array(width * height * 4);
  const rowBytes = tile.width * 4;
  for (const [i, { rgba: from }] of tiles.entries()) {
    const [left, top] = [(i % columns) * tile.width, Math.floor(i / columns) * tile.height];
    for (let y = 0; y < tile.height; y++) {
      rgba.set(from.subarray(y * rowBytes, (y + 1) * rowBytes), ((top + y) * width + left) * 4);
    }
  }
  return { width, height, rgba };
}

/** By the name of the picture. @type {Readonly<Record<string, (isPlanted?: boolean) => import('../../../dist/inference/media/index.js').Pixels>>} */
export const scenes = {
  boxes,
  labels: labelsOfACrowd,
  trails,
  ball,
  pitch,
  radar,
  'radar-120x70': radarOfALargePitch,
  'no-pitch': noPitch,
  toggles,
};
