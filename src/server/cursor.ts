import type { z } from 'zod';
import { SiltstoneError } from '../errors.ts';

/** Where the next page of a list begins, as a text that means nothing to whoever carries it. */
export const cursorOf = (place: readonly unknown[]): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/** @throws SiltstoneError `bad_request` for a text that is no cursor of this list */
export function placeOf<S extends z.ZodType>(cursor: string, schema: S): z.infer<S> {
  const result = schema.safeParse(parsed(cursor));
  if (result.success) return result.data;
  throw new SiltstoneError('bad_request', '?cursor: it is none that this list gave');
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    // The schema refuses it then.
    return undefined;
  }
}
