import { basename, dirname } from 'node:path';
import send from '@fastify/send';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SiltstoneError } from '../errors.ts';
import { mediaTypeOf } from '../inference/index.ts';

/**
 * A picture or video of the disk, whole or a range of it. Its type is said by what it holds, so that no browser takes it for
 * anything that runs.
 * @throws SiltstoneError `not_found`, `media_unsupported`, `range_refused`
 */
export async function sendMedia(request: FastifyRequest, reply: FastifyReply, path: string): Promise<FastifyReply> {
  const mediaType = await mediaTypeOf(path);
  if (mediaType === undefined) throw new SiltstoneError('media_unsupported', 'the file is no picture and no video');
  const { type, statusCode, headers, stream } = await send(request.raw, encodeURIComponent(basename(path)), {
    root: dirname(path),
    dotfiles: 'allow',
    cacheControl: false,
    contentType: false,
  });
  if (statusCode === 416) {
    reply.headers({ 'content-range': headers['Content-Range'] ?? 'bytes */*' });
    throw new SiltstoneError('range_refused', `the file has no ${request.headers.range}`);
  }
  if (type === 'error' && statusCode !== 304 && statusCode !== 412)
    throw new SiltstoneError('not_found', 'the file is gone');
  return reply
    .code(statusCode)
    .headers({ ...headers, 'content-type': mediaType, 'cache-control': 'private, no-cache' })
    .send(stream);
}
