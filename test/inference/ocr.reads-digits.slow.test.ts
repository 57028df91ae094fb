import { describe, expect, test } from 'vitest';
import { detectInClip, openToolRun, readTexts } from './football.ts';
import { countRead, drawSheet, sumOf } from './reading.ts';

describe('the plugin ocr', () => {
  const conditions = [{}, { noise: 50 }, { blur: 0.07 }];

  test.each([11, 18, 27])('reads characters of %i px, clear, in noise and blurred', async (digitHeightPx) => {
    const sheets = conditions.flatMap((one) => [8301, 8302].map((seed) => drawSheet({ seed, digitHeightPx, ...one })));
    const tool = await openToolRun('ocr');
    const results = await Promise.all(sheets.map(({ picture }) => tool.run(picture)));
    await tool.close();
    const counts = sheets.map(({ texts }, i) => countRead(texts, results[i]?.detections ?? []));
    const { right, total } = sumOf(counts);
    const each = counts.map((count) => count.right).join(', ');
    process.stdout.write(`ocr of ${digitHeightPx} px: ${right} of ${total} characters (a sheet: ${each})\n`);

    expect(right / total).toBeGreaterThanOrEqual(0.98);
  });

  test('reads the clock and the shirts of the sample clip', async () => {
    const step = 15;
    const texts = (await readTexts()).filter((_, i) => i % step === 0);
    const found = await detectInClip('ocr', step);
    const clocks = found.map((one) => one.filter(({ label }) => label === 'clock').map(({ text }) => text));
    const counts = texts.map((one, i) => countRead(one, found[i] ?? []));
    const { right, total } = sumOf(counts);
    const textCount = found.flat().length;
    process.stdout.write(`ocr, sample clip: ${right} of ${total} characters, ${textCount} texts\n`);

    expect(clocks).toEqual(texts.map((one) => one.map(({ text }) => text).filter((text) => text.includes(':'))));
    expect(right / total).toBeGreaterThanOrEqual(0.98);
  });
});
