import { open } from 'node:fs/promises';

/** Which pictures are read: texts by the place where they stand among the first bytes. */
const pictureMarks: readonly (readonly [format: string, ...marks: readonly (readonly [at: number, text: string])[]])[] =
  [
    ['PNG', [0, '\x89PNG\r\n\x1a\n']],
    ['JPEG', [0, '\xff\xd8\xff']],
    ['WebP', [0, 'RIFF'], [8, 'WEBP']],
    ['AVIF', [4, 'ftypavif']],
    ['TIFF, little end first', [0, 'II*\0']],
    ['TIFF, great end first', [0, 'MM\0*']],
  ];

const headBytes = 16;

/** The first bytes of a file, one character a byte. */
export async function readHead(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Whether a file that starts so is a picture that is read. A GIF is none: it may move, and is read as a video. */
export const isPicture = (head: string): boolean =>
  pictureMarks.some(([, ...marks]) => marks.every(([at, text]) => head.startsWith(text, at)));
