import { open } from 'node:fs/promises';
import { messageOf, SiltstoneError } from '../../errors.ts';
import type { Media } from './frame.ts';
import { isImage, openImage } from './image.ts';
import { openVideo } from './video.ts';

export type { Frame, Media } from './frame.ts';

/**
 * Opens a picture or a video by what it holds; the name does not matter.
 * @param threads threads of the video decoder
 * @throws SiltstoneError `file_not_readable`, `media_unreadable`
 */
export async function openMedia(path: string, threads: number): Promise<Media> {
  const head = await readHead(path);
  return isImage(head) ? openImage(path) : openVideo(path, threads);
}

async function readHead(path: string): Promise<Uint8Array> {
  const { head, isFile } = await readStart(path);
  if (!isFile) throw new SiltstoneError('media_unreadable', `${path} is not a file`);
  if (head.length === 0) throw new SiltstoneError('media_unreadable', `${path} is empty`);
  return head;
}

async function readStart(path: string): Promise<{ readonly head: Uint8Array; readonly isFile: boolean }> {
  try {
    const file = await open(path);
    try {
      const isFile = (await file.stat()).isFile();
      if (!isFile) return { head: new Uint8Array(), isFile };
      const { buffer, bytesRead } = await file.read(new Uint8Array(16), 0, 16, 0);
      return { head: buffer.subarray(0, bytesRead), isFile };
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new SiltstoneError('file_not_readable', `read ${path}: ${messageOf(error)}`, { cause: error });
  }
}
