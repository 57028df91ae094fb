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

const hex = (crc: number): string => crc.toString(16).padStart(8, '0');

const crcOf = (text: string): string => hex(crc32(text));

const mark = '"seal":"';

/** What a file that DuckDB writes is to hold in its footer, for `sealedFile`. */
export const fileSeal = `${mark}${blankSeal}"`;

/** The bytes of a file with their own CRC-32 in the last place that was left for it. */
export function sealedFile(bytes: Buffer): Buffer {
  const at = bytes.lastIndexOf(fileSeal);
  if (at < 0) return bytes;
  const copy = Buffer.from(bytes);
  copy.write(hex(crc32(bytes)), at + mark.length);
  return copy;
}

/** Whether a file is as it was sealed. One without a seal is. */
export function isFileAsSealed(bytes: Buffer): boolean {
  const at = bytes.lastIndexOf(mark) + mark.length;
  if (at < mark.length) return true;
  const end = at + blankSeal.length;
  const crc = [Buffer.from(blankSeal), bytes.subarray(end)].reduce(
    (sum, part) => crc32(part, sum),
    crc32(bytes.subarray(0, at)),
  );
  return bytes.toString('latin1', at, end) === hex(crc);
}
