import { describe, expect, test } from 'vitest';
import { detectInClip, openToolRun, readTexts } from './football.ts';
import { countRead, drawSheet, sumOf } from './reading.ts';

/** Nothing was tuned on these; each set by itself has to do. */
const seedSets = [
  [8701, 8702],
  [8801, 8802],
  [8901, 8902],
];

describe('the plugin ocr', () => {
  describe.each([11, 18, 27])('reads characters of %i px', (digitHeightPx) => {
    test.each([
      ['clear', {}],
      ['in noise', { noise: 50 }],
      ['blurred', { blur: 0.07 }],
      ['blurred and in noise', { blur: 0.07, noise: 50 }],
    ])('%s', async (condition, sheet) => {
      const tool = await openToolRun('ocr');
      const shares = await Promise.all(
        seedSets.map(async (seeds) => {
          const sheets = seeds.map((seed) => drawSheet({ seed, digitHeightPx, ...sheet }));
          const results = await Promise.all(sheets.map(({ picture }) => tool.run(picture)));
          const { right, total } = sumOf(sheets.map(({ texts }, i) => countRead(texts, results[i]?.detections ?? [])));
          return right / total;
        }),
      );
      await tool.close();
      const shown = shares.map((share) => share.toFixed(3)).join(', ');
      process.stdout.write(`ocr of ${digitHeightPx} px, ${condition}: ${shown} of the characters of each set\n`);

      expect(Math.min(...shares)).toBeGreaterThanOrEqual(0.98);
    });
  });

  test('reads the clock and the shirts of the sample clip', async () => {
    const step = 15;
    const texts = (await readTexts()).filter((_, i) => i % step === 0);
    const found = await detectInClip('ocr', step);
    const clocks = found.map((one) => one.filter(({ label }) => label === 'clock').map(({ text }) => text));
    const counts = texts.map((one, i) => countRead(one, found[i] ?? []));
    const { right, total } = sumOf(counts);
    const textCount = found.flat().length;
    const shownCount = texts.flat().length;
    process.stdout.write(
      `ocr, sample clip: ${right} of ${total} characters, ${textCount} texts where ${shownCount} are\n`,
    );

    expect(clocks).toEqual(texts.map((one) => one.map(({ text }) => text).filter((text) => text.includes(':'))));
    expect(right / total).toBeGreaterThanOrEqual(0.98);
    // A leg looks like a number now and then.
    expect(textCount).toBeLessThanOrEqual(1.2 * shownCount);
  });
});
