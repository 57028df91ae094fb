import { isIP } from 'node:net';
import type { Settings } from '../../settings.ts';

/** Whether an address is this machine's alone. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

/**
 * Judges the header Host. A page elsewhere may have its own name point to this machine, and would then be of one origin
 * with this server: names are taken only where they are known. Nobody can do that with an address.
 */
export function hostCheck({
  serve_host,
  serve_names,
}: Pick<Settings, 'serve_host' | 'serve_names'>): (host: string | undefined) => boolean {
  const given = serve_names.split(',').map((name) => name.trim().toLowerCase());
  const names = new Set(['localhost', serve_host.toLowerCase(), ...given].filter((name) => name !== ''));
  return (host) => {
    const name = nameOf(host);
    return name !== undefined && (isIP(name) !== 0 || names.has(name));
  };
}

/** `localhost` of `localhost:7070`, `::1` of `[::1]:7070`. */
function nameOf(host: string | undefined): string | undefined {
  const found = /^(?:\[([0-9a-f:.]+)\]|([^\s:/@[\]]+))(?::\d{1,5})?$/i.exec(host ?? '');
  return (found?.[1] ?? found?.[2])?.toLowerCase();
}
