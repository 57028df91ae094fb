import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decode, decoderOptions, dialectOf, type Outputs } from '../../src/inference/decoders/index.ts';
import { letterboxOf } from '../../src/inference/letterbox.ts';
import { normalise } from '../../src/inference/normalise/index.ts';
import { heads } from './heads.ts';

const labels = ['person', 'ball'];
const input = { width: 64, height: 64 };
const letterbox = letterboxOf({ width: 128, height: 64 }, input);

const others = [
  ['classify', { name: 'classify', output: 'output0' }, { output0: { shape: [1, 2] } }],
  ['ctc', { name: 'ctc', output: 'output0', alphabet: 'ab' }, { output0: { shape: [1, 4, 3] } }],
] as const;

/** Each decoder with the names and the shapes of four of its rows. */
const decoders = [
  ...heads.map(([name, { decoder, write }]) => [name, decoder, write([], 4)] as const),
  ...others,
] as const;

const value = fc.oneof(
  fc.float(),
  fc.constantFrom(0, -1, 1, 4, Number.NaN, Number.POSITIVE_INFINITY, -0, 3.4e38),
  fc.float({ min: 0, max: 64 }),
);

/** Right shapes with any values, and any shapes. */
const outputsLike = (like: Readonly<Record<string, { readonly shape: readonly number[] }>>) =>
  fc.record(
    Object.fromEntries(
      Object.entries(like).map(([name, { shape }]) => [
        name,
        fc
          .oneof(
            { weight: 4, arbitrary: fc.constant([...shape]) },
            { weight: 1, arbitrary: fc.array(fc.nat({ max: 7 }), { maxLength: 4 }) },
          )
          .chain((size) => tensorOf(size)),
      ]),
    ),
  ) as fc.Arbitrary<Outputs>;

function tensorOf(shape: readonly number[]): fc.Arbitrary<Outputs[string]> {
  const count = shape.reduce((product, size) => product * size, 1);
  const type = fc.oneof({ weight: 9, arbitrary: fc.constant('float32') }, { weight: 1, arbitrary: fc.string() });
  return fc
    .record({ type, values: fc.array(value, { minLength: count, maxLength: count }) })
    .map((one) => ({ type: one.type, shape, values: Float32Array.from(one.values) }));
}

test.each(decoders)('no tensors make %s throw, and all that it gives is JSON', (_, given, like) => {
  const options = decoderOptions.parse(given);
  fc.assert(
    fc.property(outputsLike(like), (outputs) => {
      const { payload, issues } = decode(outputs, options, { labels, input });
      const read = normalise({ dialect: dialectOf(options.name), payload, labels, letterbox });
      expect(JSON.parse(JSON.stringify(payload))).toEqual(payload);
      expect([...issues, ...read.issues].every(({ message }) => message !== '')).toBe(true);
      expect(read.detections.every(({ x1, y2 }) => Number.isFinite(x1) && Number.isFinite(y2))).toBe(true);
    }),
    { numRuns: 200 },
  );
});
