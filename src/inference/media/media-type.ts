import { systemCodeOf } from '../../errors.ts';
import { readHead } from './file-head.ts';

/** Content types by the first bytes: texts by the place where they stand. */
const marks: readonly (readonly [type: string, ...marks: readonly (readonly [at: number, text: string])[]])[] = [
  ['image/png', [0, '\x89PNG\r\n\x1a\n']],
  ['image/jpeg', [0, '\xff\xd8\xff']],
  ['image/webp', [0, 'RIFF'], [8, 'WEBP']],
  ['image/avif', [4, 'ftypavif']],
  ['image/tiff', [0, 'II*\0']],
  ['image/tiff', [0, 'MM\0*']],
  ['image/gif', [0, 'GIF8']],
  ['video/quicktime', [4, 'ftypqt']],
  ['video/quicktime', [4, 'moov']],
  ['video/quicktime', [4, 'mdat']],
  ['video/quicktime', [4, 'wide']],
  ['video/webm', [0, '\x1a\x45\xdf\xa3']],
  ['video/x-msvideo', [0, 'RIFF'], [8, 'AVI ']],
  ['video/mpeg', [0, '\0\0\x01\xba']],
  ['video/mp2t', [0, '\x47\x40\0\x10']],
  ['video/mp2t', [0, '\x47\x40\x11\x10']],
  ['video/x-flv', [0, 'FLV\x01']],
  ['video/ogg', [0, 'OggS']],
];

/** Of the family of MP4 that are pictures, and none that are read. */
const pictureBrands = /^(heic|heix|heim|heis|hevc|hevx|mif1|msf1|avis)$/;

/**
 * The content type of a picture or video by what it holds; undefined for anything else, and for what is no file.
 * Only a decoder can say whether the rest is whole.
 */
export async function mediaTypeOf(path: string): Promise<string | undefined> {
  try {
    const head = await readHead(path);
    const found = marks.find(([, ...texts]) => texts.every(([at, text]) => head.startsWith(text, at)))?.[0];
    if (found !== undefined) return found;
    return head.startsWith('ftyp', 4) && !pictureBrands.test(head.slice(8, 12)) ? 'video/mp4' : undefined;
  } catch (error) {
    if (systemCodeOf(error) === 'EISDIR') return undefined;
    throw error;
  }
}
