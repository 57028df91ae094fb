import type { DialectReading } from '../dialect.ts';
import { joined, unreadable } from './fields.ts';

/**
 * A list with one entry an image, or the entry of one image alone.
 * @param read what stands in one entry; its candidates get the number of their image where there is more than one
 */
export function readImages(payload: unknown, read: (one: unknown, path: string) => DialectReading): DialectReading {
  if (!Array.isArray(payload)) return read(payload, '$');
  if (payload.length === 1) return read(payload[0], '$[0]');
  if (payload.length > imagesMax) return unreadable('$', `${payload.length} images are more than ${imagesMax}`);
  const readings = payload.map((one: unknown, image) => {
    const reading = read(one, `$[${image}]`);
    return { ...reading, candidates: reading.candidates.map((candidate) => ({ ...candidate, frame: image })) };
  });
  return joined(readings);
}

const imagesMax = 100_000;
