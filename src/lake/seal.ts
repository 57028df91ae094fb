import { crc32 } from 'node:zlib';

/** Where a text’s seal will stand, and what stands there while it is reckoned. */
export const blankSeal = '00000000';
const place = /"seal":"([0-9a-f]{8})"/;

/** The text with its own CRC-32 in the first place that was left for it. */
export function sealed(text: string): string {
  return text.replace(place, `"seal":"${crcOf(text)}"`);
}

/** Whether the text is as it was sealed. One without a seal is: other engines set none. */
export function isAsSealed(text: string): boolean {
  const seal = place.exec(text)?.[1];
  return seal === undefined || seal === crcOf(text.replace(place, `"seal":"${blankSeal}"`));
}

const crcOf = (text: string): string => crc32(text).toString(16).padStart(8, '0');
