import { type FileHandle, open } from 'node:fs/promises';

/** Boxes that hold what is played. Behind them cameras append what they like. */
const bodies = new Set(['mdat', 'moov', 'moof']);
const starts = new Set(['ftyp', 'wide', 'free', 'skip', ...bodies]);

/**
 * Whether an MP4 or MOV ends before a box in it does. Decoders take one that was cut off just between two frames for a whole
 * one. Other formats cannot be told, and are not. Format: ISO/IEC 14496-12, 4.2.
 */
export async function isCutOff(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    for (let at = 0; at < size; ) {
      const { type, length } = await readBox(file, at);
      if (at === 0 && !starts.has(type)) return false;
      if (at + length > size) return bodies.has(type);
      at += length;
    }
    return false;
  } finally {
    await file.close();
  }
}

async function readBox(file: FileHandle, at: number): Promise<{ readonly type: string; readonly length: number }> {
  const { buffer } = await file.read(Buffer.alloc(16), 0, 16, at);
  const type = buffer.toString('latin1', 4, 8);
  const length = buffer.readUInt32BE(0);
  if (length === 1) return { type, length: Math.max(16, Number(buffer.readBigUInt64BE(8))) };
  // 0 is “to the end of the file”; less than the eight bytes of a header is nonsense, and the decoder's to judge.
  return { type: length < 8 ? '' : type, length: length < 8 ? Number.POSITIVE_INFINITY : length };
}
