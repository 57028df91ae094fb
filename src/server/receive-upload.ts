import { once } from 'node:events';
import type { Multipart } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { messageOf, SiltstoneError } from '../errors.ts';
import { lookAtMedia, mediaTypeOf } from '../inference/index.ts';
import type { ServerContext } from './context.ts';
import type { UploadFolder } from './uploads.ts';

/**
 * The files of a request, each judged by what it holds as soon as it is there.
 * @returns the path of the only file, or of the folder of several pictures
 * @throws SiltstoneError `bad_request`, `media_unsupported`, `media_unreadable`, `too_large`, `disk_full`, `request_timeout`
 */
export async function receiveUpload(
  request: FastifyRequest,
  folder: UploadFolder,
  context: ServerContext,
): Promise<string> {
  await checkRoom(request, context);
  const timeoutMs = context.settings.serve_upload_timeout_ms;
  const signal = AbortSignal.timeout(timeoutMs);
  const paths: string[] = [];
  const types: string[] = [];
  try {
    for await (const part of untilLate(request.parts({ limits: partLimits }), signal)) {
      const { path, type } = await kept(part, folder, signal);
      paths.push(path);
      types.push(type);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
    const message = `the upload took longer than ${timeoutMs} ms (serve_upload_timeout_ms)`;
    throw new SiltstoneError('request_timeout', message, { cause: error });
  }
  const [first] = paths;
  if (first === undefined) throw new SiltstoneError('bad_request', 'there is no part file');
  const isFilm = types.some((type) => type.startsWith('video/') || type === 'image/gif');
  if (isFilm && paths.length > 1) throw new SiltstoneError('bad_request', 'a video comes alone');
  await checkMedia(paths, context, folder.dir);
  return paths.length === 1 ? first : folder.dir;
}

/** Bytes and files are counted where they are written. */
const partLimits = { fileSize: Number.POSITIVE_INFINITY, files: 1e6, parts: 1e6, fields: 1, fieldSize: 1 };

async function kept(part: Multipart, folder: UploadFolder, signal: AbortSignal) {
  if (part.type !== 'file' || part.fieldname !== 'file') {
    throw new SiltstoneError('bad_request', `${part.fieldname}: parts are files, and are called file`);
  }
  const path = await folder.add(part.filename ?? '', part.file, signal);
  const type = await mediaTypeOf(path);
  if (type === undefined)
    throw new SiltstoneError('media_unsupported', `${part.filename}: it is no picture and no video`);
  return { path, type };
}

/** @throws the reason of the signal */
async function* untilLate<T>(parts: AsyncIterator<T>, signal: AbortSignal): AsyncGenerator<T> {
  const late = once(signal, 'abort').then(() => signal.throwIfAborted());
  late.catch(() => undefined);
  while (true) {
    const next = await Promise.race([parts.next(), late]);
    if (next === undefined || next.done) return;
    yield next.value;
  }
}

/** @throws SiltstoneError `too_large`, `disk_full`, before a byte is read */
async function checkRoom(request: FastifyRequest, { settings, storage }: ServerContext): Promise<void> {
  const bytes = Number(request.headers['content-length'] ?? 0);
  const bytesMax = settings.serve_upload_bytes_max;
  if (bytes > bytesMax + envelopeBytes(settings.serve_upload_files_max)) {
    throw new SiltstoneError('too_large', `${bytes} bytes are more than ${bytesMax} (serve_upload_bytes_max)`);
  }
  const { freeBytes } = await storage.space();
  if (freeBytes - bytes < settings.disk_reserve_bytes) {
    throw new SiltstoneError('disk_full', 'the upload would take the disk below its reserve (disk_reserve_bytes)');
  }
}

/** What the parts of a request have around their files. */
const envelopeBytes = (fileCount: number): number => 1024 * (fileCount + 1);

const lookMs = 30_000;

/** Refuses what cannot be decoded here, or only at a cost. @throws SiltstoneError `media_unreadable`, `too_large`, `view_timeout` */
export async function checkMedia(paths: readonly string[], { settings }: ServerContext, dir?: string): Promise<void> {
  try {
    await lookAtMedia(paths, { pixelsMax: settings.serve_frame_pixels_max, timeoutMs: lookMs });
  } catch (error) {
    if (dir === undefined || !(error instanceof SiltstoneError)) throw error;
    // Whoever uploads knows the files by their names, and where they lie is nobody's business.
    throw new SiltstoneError(error.code, messageOf(error).replaceAll(`${dir}/`, ''), { cause: error });
  }
}
