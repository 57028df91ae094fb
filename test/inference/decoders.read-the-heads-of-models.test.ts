import { describe, expect, test } from 'vitest';
import { type HeadBox, heads, withFirst } from './heads.ts';
import { runOutputs } from './made-plugin.ts';

const person: HeadBox = { box: [10, 26, 20, 36], score: 0.75, classIndex: 0 };
const ball: HeadBox = { box: [40, 20, 44, 24], score: 0.5, classIndex: 1 };
const noScore: HeadBox = { ...person, score: Number.NaN };
const noPlace: HeadBox = { ...person, box: [Number.NaN, 26, 20, 36] };

describe.each(heads)('a model of our own with the head %s, run by onnxruntime,', (_, { decoder, dialect, write }) => {
  test('gives its boxes where they are in the frame, behind a letterbox', async () => {
    const { detections, issues } = await runOutputs(write([ball, person], 2), { decoder, dialect });

    expect(issues).toEqual([]);
    expect(detections).toHaveLength(2);
    expect(detections.find(({ label }) => label === 'person')).toMatchObject(rounded(20, 20, 40, 40, 0.75));
    expect(detections.find(({ label }) => label === 'ball')).toMatchObject(rounded(80, 8, 88, 16, 0.5));
  });

  test('gives an empty frame where it finds nothing', async () => {
    expect(await runOutputs(write([], 3), { decoder, dialect })).toMatchObject({
      payload: [],
      detections: [],
      issues: [],
    });
  });

  test('gives an empty frame where it has no rows at all', async () => {
    expect(await runOutputs(write([], 0), { decoder, dialect })).toMatchObject({ payload: [], issues: [] });
  });

  test('keeps a box whose score is no number, and reports it', async () => {
    const { detections, issues } = await runOutputs(write([noScore], 2), { decoder, dialect });

    expect(detections).toHaveLength(1);
    expect(detections[0]).not.toHaveProperty('score');
    expect(issues).toMatchObject([{ code: 'not_finite', message: 'a score of "NaN"' }]);
  });

  test('has no detection of a box without a place, and reports it', async () => {
    const { detections, issues } = await runOutputs(write([noPlace, ball], 2), { decoder, dialect });

    expect(detections).toMatchObject([{ label: 'ball' }]);
    expect(issues).toMatchObject([{ code: 'not_finite' }]);
  });

  test('is refused before the first frame where its shape is another', async () => {
    const three = withFirst(write([person], 1), () => ({ shape: [1, 3, 1, 1], values: [1, 2, 3] }));

    await expect(runOutputs(three, { decoder, dialect })).rejects.toMatchObject({
      code: 'plugin_broken',
      message: expect.stringMatching(/the output \w+ is float32 \[1, 3, 1, 1\]; [\w -]+ reads numbers \[1, /),
    });
  });

  test('is refused before the first frame where it gives texts', async () => {
    const texts = withFirst(write([person], 1), (first) => ({ ...first, type: 'string' }));

    await expect(runOutputs(texts, { decoder, dialect })).rejects.toMatchObject({
      code: 'plugin_broken',
      message: expect.stringMatching(/the output \w+ is string \[/),
    });
  });
});

test.each(heads.filter(([, { pads }]) => pads))(
  '%s has no box where it is filled up with zeros, whatever the lowest score',
  async (_, { decoder, dialect, write }) => {
    const all = { ...decoder, score_min: 0 };
    const { detections, issues } = await runOutputs(write([person], 5), { decoder: all, dialect });

    expect(issues).toEqual([]);
    expect(detections).toMatchObject([{ label: 'person' }]);
  },
);

test('half floats are read as the numbers they are', async () => {
  const decoder = { name: 'yolo-end2end' };
  const outputs = { output0: { shape: [1, 1, 6], values: [8, 20, 16, 24, 0.5, 1], type: 'float16' } } as const;

  expect((await runOutputs(outputs, { decoder })).detections).toMatchObject([
    { label: 'ball', score: 0.5, x1: 16, y1: 8, x2: 32, y2: 16 },
  ]);
});

test('a count of labels that is not the model’s is told with both', async () => {
  const outputs = { output0: { shape: [1, 84, 2], values: Array(168).fill(0) } };

  await expect(runOutputs(outputs, { decoder: { name: 'yolo-v8' } })).rejects.toMatchObject({
    message: expect.stringContaining('is float32 [1, 84, 2]; yolo-v8 with 2 labels reads numbers [1, 6, boxes]'),
  });
});

test('a count of efficient-nms that is none is an issue of an empty frame', async () => {
  const written = heads.find(([name]) => name === 'efficient-nms')?.[1].write([person], 1) ?? {};
  const wrong = withFirst(written, (first) => ({ ...first, values: [7] }));
  const { detections, issues } = await runOutputs(wrong, { decoder: { name: 'efficient-nms' } });

  expect(detections).toEqual([]);
  expect(issues).toMatchObject([{ code: 'malformed', message: 'num_dets is 7, which is no count of 1 boxes' }]);
});

test('what stands behind a row of image −1 is not of this frame', async () => {
  const row = [0, 0, 0.9, 0.1, 0.3, 0.2, 0.4];
  const outputs = { detection_out: { shape: [1, 1, 3, 7], values: [...row, -1, 0, 0, 0, 0, 0, 0, ...row] } };

  expect((await runOutputs(outputs, { decoder: { name: 'ssd' } })).detections).toHaveLength(1);
});

test('a frame may be stretched over the input instead of being letterboxed', async () => {
  const input = { name: 'image', width: 64, height: 64, layout: 'nhwc', type: 'uint8', fit: 'stretch' };
  const outputs = { output0: { shape: [1, 1, 6], values: [16, 16, 32, 48, 0.5, 0] } };
  const { detections, letterbox } = await runOutputs(outputs, { decoder: { name: 'yolo-end2end' }, input });

  expect(letterbox).toMatchObject({ scale: 0.5, scaleY: 1, left: 0, top: 0 });
  expect(detections).toMatchObject([{ x1: 32, y1: 16, x2: 64, y2: 48 }]);
});

test('of thousands of boxes that are no numbers ten are shown, and the rest is counted', async () => {
  const broken = { shape: [1, 6, 2000], values: Array(12_000).fill(Number.NaN) };
  const { issues } = await runOutputs({ output0: broken }, { decoder: { name: 'yolo-v8' } });

  expect(issues).toHaveLength(11);
  expect(issues[0]).toMatchObject({ path: '$', message: expect.stringContaining('2000 boxes hold values') });
});

/** float32 and seven digits on the way. */
const rounded = (x1: number, y1: number, x2: number, y2: number, score: number) => ({
  x1: expect.closeTo(x1, 3),
  y1: expect.closeTo(y1, 3),
  x2: expect.closeTo(x2, 3),
  y2: expect.closeTo(y2, 3),
  score: expect.closeTo(score, 4),
});
