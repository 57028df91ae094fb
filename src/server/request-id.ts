import type { IncomingMessage } from 'node:http';
import { v7 as uuidv7 } from 'uuid';

const requestIdPattern = /^[A-Za-z0-9._:-]{1,64}$/;

/** The caller's own id where it is one, so that it finds its request in our log and events. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && requestIdPattern.test(given) ? given : uuidv7();
}
