import type { Readable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';

const keptChars = 2_000;

/** Collects the end of what a child process writes, so that its last words can be told. */
export function lastOutput(stream: Readable | null): () => string {
  let text = '';
  stream?.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-keptChars);
  });
  return () => stripVTControlCharacters(text).trim();
}
