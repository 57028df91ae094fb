import { open } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { frameTimesOf, readFrameTimes } from '../../web/src/places/player/frame-times.ts';
import { clockOf, evenClock } from '../../web/src/places/player/video-clock.ts';

const clip = fileURLToPath(new URL('../../samples/football.mp4', import.meta.url));

async function readerOf(path: string) {
  const file = await open(path);
  onTestFinished(() => file.close());
  return async (offset: number, length: number) => {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset);
    return new DataView(buffer.buffer, buffer.byteOffset, bytesRead);
  };
}

test('the times of a clip of 25 frames a second are 40 ms apart, from 0', async () => {
  const times = await readFrameTimes(await readerOf(clip));

  expect(times).toHaveLength(75);
  expect([times?.[0], times?.[1], times?.[74]].map((at) => Math.round((at ?? -1) * 1_000))).toEqual([0, 40, 2_960]);
});

test('what is no MP4 has no times', async () => {
  expect(await readFrameTimes(await readerOf(fileURLToPath(import.meta.url)))).toBeUndefined();
  expect(await readFrameTimes(async () => new DataView(new ArrayBuffer(0)))).toBeUndefined();
});

/** A box: its length, its name, what is in it. */
function box(type: string, ...content: readonly (Buffer | readonly number[])[]): Buffer {
  const body = Buffer.concat(content.map((part) => (Buffer.isBuffer(part) ? part : words(part))));
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
}

function words(numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * numbers.length);
  for (const [i, number] of numbers.entries()) bytes.writeInt32BE(number, 4 * i);
  return bytes;
}

test('frames that wait for others are told in the order of showing, from the edit’s beginning', () => {
  const stbl = box('stbl', box('stts', [0, 2, 3, 100, 1, 200]), box('ctts', [0, 4, 1, 100, 1, 300, 1, 0, 1, 100]));
  const mdia = box(
    'mdia',
    box('mdhd', [0, 0, 0, 1_000, 500]),
    box('hdlr', [0, 0], Buffer.from('vide')),
    box('minf', stbl),
  );
  const moov = box('trak', box('edts', box('elst', [0, 1, 500, 100, 1])), mdia);

  const times = frameTimesOf(new DataView(moov.buffer, moov.byteOffset, moov.byteLength));

  expect(times && [...times]).toEqual([0, 0.1, 0.3, 0.3]);
});

test('a seek to any frame shows that frame, also where frames are not even', () => {
  const clock = clockOf([0, 0.04, 0.05, 0.5]);

  expect([0, 1, 2, 3].map((frame) => clock.frameAt(clock.timeOf(frame)))).toEqual([0, 1, 2, 3]);
  expect(clock.frameAt(0.0399)).toBe(1);
  expect([clock.frameAt(-1), clock.frameAt(99)]).toEqual([0, 3]);
});

test('where the file tells nothing, frames are even', () => {
  const clock = evenClock(25, 3);

  expect(clock.frameCount).toBe(75);
  expect([0, 1, 74].map((frame) => clock.frameAt(clock.timeOf(frame)))).toEqual([0, 1, 74]);
  expect(clock.frameAt(99)).toBe(74);
});
