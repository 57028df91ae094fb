import type { IncomingHttpHeaders } from 'node:http';

/** How a browser says that a request comes from a page of this server, or from a person. */
const ownSites: readonly unknown[] = [undefined, 'same-origin', 'none'];

/**
 * Whether a request that changes something comes from a page of somebody else. A browser sends a form or a file to any
 * address without asking; it says where it comes from, though, and a program that is no browser does not.
 */
export function isForeign(headers: IncomingHttpHeaders): boolean {
  if (!ownSites.includes(headers['sec-fetch-site'])) return true;
  const { origin, host } = headers;
  return origin !== undefined && hostOf(origin) !== host?.toLowerCase();
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
