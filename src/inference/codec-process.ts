/** Started by video-codec-name.ts: says on stdout what reads and writes videos here. */
import { writeSync } from 'node:fs';
import { messageOf } from '../errors.ts';
import { findVideoCodec } from './media/video-codec.ts';

try {
  writeSync(1, (await findVideoCodec()).name);
} catch (error) {
  writeSync(2, messageOf(error));
  process.exitCode = 1;
}
