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

/** The tags in a JSON text as it is written for `checksumTags`; undefined for any other. A snapshot has 100,000 of them, and JSON.parse takes six times as long. */
export function tagsInText(text: string): Add['tags'] {
  if (!text.startsWith(textBefore) || text.length !== textBefore.length + 10) return undefined;
  const crc = text.slice(textBefore.length, -2);
  return text.endsWith('"}') && /^[0-9a-f]{8}$/.test(crc) ? { [crcTag]: crc } : undefined;
}

const textBefore = `{"${crcTag}":"`;

/** CRC-32 of a file’s bytes, as eight hexadecimal digits. */
export async function checksumOf(file: string): Promise<string> {
  let crc = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) crc = crc32(chunk as Buffer, crc);
  return crc.toString(16).padStart(8, '0');
}
