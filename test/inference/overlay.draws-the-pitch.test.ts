import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { openDrawBehind } from '../../src/inference/draw-behind.ts';
import type { DrawnBox } from '../../src/inference/overlay/boxes.ts';
import { makeOverlay } from '../../src/inference/overlay/draw.ts';
import type { Layer } from '../../src/inference/overlay/layers.ts';
import { pitchNote } from '../../src/inference/overlay/note.ts';
import { lookOf, panel } from '../../src/inference/overlay/palette.ts';
import { radarBox } from '../../src/inference/overlay/radar.ts';
import { sizesOf } from '../../src/inference/overlay/sizes.ts';
import { fitPitch, type PitchFit, type PitchSize, pitchLines, pointsAlong } from '../../src/inference/pitch/index.ts';
import { frame, keyPointsOf, lawPitch, type View, viewFrom } from './cameras.ts';
import { makeScene } from './football.ts';
import { tempDir } from './temp-dir.ts';

const { camera } = makeScene(105)(1000);
const view: View = ({ x, y }) => camera([x, y, 0]);
const seen = fitPitch(keyPointsOf(view), frame, lawPitch);
const refused = fitPitch([], frame, lawPitch);
const grey = new Uint8Array(frame.width * frame.height * 4).map((_, i) => (i % 4 === 3 ? 255 : 100));
const scale = { frame, sizes: sizesOf(frame) };

function draw(
  pitch: PitchFit | undefined,
  boxes: readonly DrawnBox[] = [],
  layers: readonly Layer[] = ['pitch', 'radar'],
) {
  const { rgba } = makeOverlay({ layers }).draw({ ...frame, index: 0, rgba: grey }, boxes, pitch);
  const colourAt = ({ x, y }: { readonly x: number; readonly y: number }) => {
    const at = (Math.floor(y) * frame.width + Math.floor(x)) * 4;
    return `#${Buffer.from(rgba.subarray(at, at + 3)).toString('hex')}`;
  };
  return { rgba, colourAt };
}

/** A player who stands at a place of the ground, metres. */
function playerAt(ground: { readonly x: number; readonly y: number }, see = view): DrawnBox {
  const { x, y } = see(ground);
  return { label: 'red', x1: x - 8, y1: y - 40, x2: x + 8, y2: y };
}

/** Where a place of the ground is on the radar, px. */
function onRadar({ x, y }: { readonly x: number; readonly y: number }, size: PitchSize) {
  const { x1, y1, x2 } = radarBox(size, scale);
  const pxPerM = (x2 - x1) / (size.lengthM + 8);
  return { x: x1 + (x + 4) * pxPerM, y: y1 + (size.widthM - y + 4) * pxPerM };
}

/** Red, green and blue of ochre over grey: a line a little wider than a pixel is never its full colour. */
const isOchre = (colour: string) => {
  const [red = 0, , blue = 0] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  return red - blue > 60;
};

describe('the lines of the pitch', () => {
  test('lie where the camera sees them', () => {
    const { colourAt } = draw(seen, [], ['pitch']);
    const places = pitchLines(lawPitch)
      .flatMap((line) => pointsAlong(line, 3))
      .map(view);
    const inFrame = places.filter(({ x, y }) => x > 4 && y > 4 && x < frame.width - 4 && y < frame.height - 4);

    expect(inFrame.length).toBeGreaterThan(40);
    expect(inFrame.filter((place) => !isOchre(colourAt(place)))).toEqual([]);
  });

  test('that run behind the camera are cut where they leave the frame', () => {
    const onTheTouchline = viewFrom([52.5, 3, 6], [80, 40, 0], 900);
    const landmarks = keyPointsOf(onTheTouchline);
    const { colourAt } = draw(fitPitch(landmarks, frame, lawPitch), [], ['pitch']);

    expect(isOchre(colourAt(onTheTouchline({ x: 88.5, y: 40 })))).toBe(true);
    expect(isOchre(colourAt({ x: 5, y: frame.height - 5 }))).toBe(false);
  });
});

describe('the radar', () => {
  const place = { x: 45, y: 20 };

  test.each([lawPitch, { lengthM: 120, widthM: 70 }])('shows who stands where, on $lengthM × $widthM m', (size) => {
    const { colourAt } = draw(fitPitch(keyPointsOf(view, size), frame, size), [playerAt(place)], ['radar']);
    expect(colourAt(onRadar(place, size))).toBe(lookOf('red').colour);
  });

  test('shows the far side above', () => {
    const near = onRadar({ x: 50, y: 5 }, lawPitch);
    const far = onRadar({ x: 50, y: 60 }, lawPitch);
    const { colourAt } = draw(seen, [playerAt({ x: 50, y: 60 })], ['radar']);

    expect(far.y).toBeLessThan(near.y);
    expect([colourAt(far), colourAt(near)]).toEqual([
      lookOf('red').colour,
      expect.not.stringMatching(lookOf('red').colour),
    ]);
  });

  test('leaves out who is not on the pitch', () => {
    const high: DrawnBox = { label: 'red', x1: 600, y1: 10, x2: 620, y2: 40 };
    expect(Buffer.compare(draw(seen, [high], ['radar']).rgba, draw(seen, [], ['radar']).rgba)).toBe(0);
  });

  test('and the lines are each turned off by themselves', () => {
    const middleOfRadar = onRadar({ x: 30, y: 34 }, lawPitch);
    const onLine = view({ x: 52.5, y: 50 });
    const [lines, radar] = [draw(seen, [], ['pitch']), draw(seen, [], ['radar'])];

    expect([isOchre(lines.colourAt(onLine)), isOchre(radar.colourAt(onLine))]).toEqual([true, false]);
    expect([lines.colourAt(middleOfRadar), radar.colourAt(middleOfRadar)]).toEqual([
      '#646464',
      expect.not.stringMatching('#646464'),
    ]);
  });
});

describe('where it is not known how the pitch lies', () => {
  const measure = (text: string, sizePx: number) => text.length * sizePx * 0.56;
  const noteOf = (layers: readonly Layer[], pitch: PitchFit | undefined) =>
    pitchNote(layers, pitch, { ...scale, measure })?.text;

  test('there is no line and no radar, and a note says so', () => {
    const { colourAt } = draw(refused);
    const note = pitchNote(['radar'], refused, { ...scale, measure });

    expect(isOchre(colourAt(view({ x: 52.5, y: 50 })))).toBe(false);
    expect(colourAt(onRadar({ x: 30, y: 34 }, lawPitch))).toBe('#646464');
    expect(colourAt({ x: 640, y: (note?.y1 ?? 0) + 2 })).not.toBe('#646464');
  });

  test.each([
    [['pitch', 'radar'], refused, 'pitch not recognised: no radar, no lines'],
    [['players', 'radar'], refused, 'pitch not recognised: no radar'],
    [['pitch'], refused, 'pitch not recognised: no lines'],
    [['radar'], undefined, 'pitch not looked for: no radar'],
    [['players', 'ball'], refused, undefined],
    [['pitch', 'radar'], seen, undefined],
  ] as const)('the note says what is missing: %j', (layers, pitch, text) => {
    expect(noteOf(layers, pitch)).toBe(text);
  });

  test('a frame without room for words has none', () => {
    const tiny = { width: 40, height: 30 };
    expect(pitchNote(['radar'], refused, { frame: tiny, sizes: sizesOf(tiny), measure })).toBeUndefined();
  });
});

test('what a tool saw of the pitch comes to the picture that a job saves', async () => {
  const path = join(tempDir(), 'still.png');
  const drawing = await openDrawBehind({
    video: undefined,
    still: { frame: 0, path, jobId: 'j' },
    overlay: { layers: ['pitch', 'radar'] },
    pace: { fpsMax: 0, deadlineMs: 0 },
    takesPixels: false,
  });
  await drawing.draw({ frame: { ...frame, index: 0, timeMs: 0, rgba: grey }, detections: [], pitch: seen });
  await drawing.finish();
  await drawing.close();
  const { x, y } = view({ x: 52.5, y: 50 });
  const pixel = sharp(path).extract({ left: Math.floor(x), top: Math.floor(y), width: 1, height: 1 });

  expect(isOchre(`#${(await pixel.removeAlpha().raw().toBuffer()).toString('hex')}`)).toBe(true);
  expect(panel.accent).toSatisfy(isOchre);
});
