import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import send from '@fastify/send';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { SiltstoneError } from '../errors.ts';

const webDir = fileURLToPath(new URL('../../dist/web', import.meta.url));
const apiPageDir = fileURLToPath(new URL('../../api-page', import.meta.url));

/** Files whose name changes with what they hold. */
const hashedPath = /^\/assets\//;
const yearSeconds = 365 * 24 * 3600;

/** The web UI as it was built, and a small page at /api/ to try the routes. Both are for everybody: what they ask is not. */
export function addPages(app: FastifyInstance, dir: string = webDir): void {
  app.get('/api', (_, reply) => reply.redirect('/api/'));
  app.get('/api/*', (request, reply) => sendFile(request, reply, { dir: apiPageDir, path: pathOf(request).slice(4) }));
  app.get('/*', (request, reply) => {
    const path = pathOf(request);
    if (!existsSync(dir)) return path === '/' ? sendMissing(reply) : missing(path);
    return sendFile(request, reply, { dir, path: isPlace(path) ? '/index.html' : path });
  });
}

/** A place inside the web UI, which its own script shows; anything with an ending is a file, and below /v1 is no place. */
const isPlace = (path: string): boolean => !/\.\w+$|^\/v1(\/|$)/.test(path);

const pathOf = ({ url }: FastifyRequest): string => url.split('?', 1)[0] ?? '/';

const missing = (path: string): never => {
  throw new SiltstoneError('not_found', `there is no ${path}`);
};

interface Asset {
  readonly dir: string;
  readonly path: string;
}

async function sendFile(request: FastifyRequest, reply: FastifyReply, { dir, path }: Asset): Promise<FastifyReply> {
  const { type, statusCode, headers, stream } = await send(request.raw, path, {
    root: dir,
    dotfiles: 'ignore',
    immutable: hashedPath.test(path),
    maxAge: hashedPath.test(path) ? yearSeconds * 1000 : 0,
  });
  if (type === 'error' && statusCode >= 400) missing(pathOf(request));
  return reply.code(statusCode).headers(headers).send(stream);
}

const missingPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>siltstone</title>
<h1>siltstone serves this warehouse</h1>
<p>The web UI is not built here. In the folder of the source: <code>npm run web</code>
<p><a href="/api/">Try the API</a>
</html>
`;

const sendMissing = (reply: FastifyReply): FastifyReply =>
  reply.code(503).type('text/html; charset=utf-8').send(missingPage);
