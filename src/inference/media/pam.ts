import type { Readable } from 'node:stream';
import { type Pixels, refuseTooLarge } from './frame.ts';

const headerEnd = 'ENDHDR\n';
/** No header of ours is longer. */
const headerBytesMax = 256;

/**
 * Pictures of a stream in the format PAM, one behind the other: a header of text, then the pixels as RGBA.
 * Format: https://netpbm.sourceforge.net/doc/pam.html
 * @throws Error where one is too large, or it breaks off in the middle of one, or is something else
 */
export async function* readPams(stream: Readable): AsyncGenerator<Pixels> {
  const reader = makeReader(stream);
  for (let header = await reader.header(); header !== undefined; header = await reader.header()) {
    const width = numberOf(header, 'WIDTH');
    const height = numberOf(header, 'HEIGHT');
    refuseTooLarge(width, height);
    yield { width, height, rgba: await reader.bytes(width * height * 4) };
  }
}

function numberOf(header: string, name: string): number {
  const number = Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(header)?.[1]);
  if (!(number > 0)) throw new Error(`a picture without its ${name}`);
  return number;
}

function makeReader(stream: Readable) {
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let rest: Buffer = Buffer.alloc(0);
  async function more(): Promise<boolean> {
    const { done, value } = await chunks.next();
    if (done) return false;
    rest = rest.length === 0 ? value : Buffer.concat([rest, value]);
    return true;
  }
  return {
    async header(): Promise<string | undefined> {
      while (rest.indexOf(headerEnd) < 0) {
        if (rest.length > headerBytesMax) throw new Error('a picture without its header');
        if (await more()) continue;
        if (rest.length === 0) return undefined;
        throw new Error('it breaks off in the middle of a frame');
      }
      const end = rest.indexOf(headerEnd) + headerEnd.length;
      const header = rest.toString('latin1', 0, end);
      rest = rest.subarray(end);
      return header;
    },
    async bytes(count: number): Promise<Uint8Array> {
      const bytes = new Uint8Array(count);
      let filled = 0;
      while (filled < count) {
        if (rest.length === 0 && !(await more())) throw new Error('it breaks off in the middle of a frame');
        const taken = rest.subarray(0, count - filled);
        bytes.set(taken, filled);
        filled += taken.length;
        rest = rest.subarray(taken.length);
      }
      return bytes;
    },
  };
}
