import type { FastifyBaseLogger } from 'fastify';

/** pino's logger, as far as the server uses it. */
export type Log = FastifyBaseLogger;
