import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { endSignal } from './ending.ts';

/** Results. Waits while the reader of stdout is slower. @throws the reason of `endSignal` once nobody reads any more */
export async function write(text: string | Uint8Array): Promise<void> {
  endSignal.throwIfAborted();
  if (!process.stdout.write(text)) await once(process.stdout, 'drain', { signal: endSignal });
}

export async function writeLine(text = ''): Promise<void> {
  await write(`${text}\n`);
}

export async function writeJson(value: unknown): Promise<void> {
  await writeLine(JSON.stringify(value, undefined, 2));
}

export async function writeFileContent(path: string): Promise<void> {
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) await write(chunk as Buffer);
}

/** What is said beside the results. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
