import { createReadStream } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { Add } from './actions.ts';

const crcTag = 'siltstone.crc32';

/** The tags of a new data file: the CRC-32 of its bytes, which `verify --deep` compares. */
export async function checksumTags(file: string): Promise<Readonly<Record<string, string>>> {
  return { [crcTag]: await checksumOf(file) };
}

/** Undefined for a file of another engine, or of a siltstone that wrote no checksum. */
export const recordedChecksum = ({ tags }: Add): string | undefined => tags?.[crcTag];

/** CRC-32 of a file’s bytes, as eight hexadecimal digits. */
export async function checksumOf(file: string): Promise<string> {
  let crc = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) crc = crc32(chunk as Buffer, crc);
  return crc.toString(16).padStart(8, '0');
}
