import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { messageOf, SiltstoneError, systemCodeOf } from '../errors.ts';
import { labelsIn } from '../inference/index.ts';
import { endSignal } from './ending.ts';

/** An output is of one frame, or a file of them: more is a mistake. */
const outputBytesMax = 64 * 1024 * 1024;

/**
 * What a model or service gave, from a file or from stdin (`-`).
 * @throws SiltstoneError `file_not_readable`
 */
export async function readOutput(file: string): Promise<string> {
  const input = file === '-' ? process.stdin : createReadStream(file);
  endSignal.addEventListener('abort', () => input.destroy(), { once: true });
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of input) {
      chunks.push(chunk as Buffer);
      bytes += (chunk as Buffer).length;
      if (bytes > outputBytesMax) throw new SiltstoneError('file_not_readable', `${file} has more than 64 MiB`);
    }
  } catch (error) {
    if (systemCodeOf(error) === undefined) throw error;
    throw new SiltstoneError('file_not_readable', `read ${file}: ${messageOf(error)}`, { cause: error });
  }
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
}

/** JSON where it is that, else the text: some dialects are none, and a lone number is a line of one. */
export function payloadOf(text: string): unknown {
  const json = parsed(text) ?? parsed(text.replace(stringsAndNoNumbers, quoted));
  return typeof json === 'object' || typeof json === 'string' ? json : text;
}

/** Python writes numbers that are none as bare words, which no JSON has: as texts they are told, and where. */
const stringsAndNoNumbers = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g;

const quoted = (token: string): string => (token.startsWith('"') ? token : `"${token}"`);

/** Undefined for no JSON: what is none is told by who reads it as a text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}

/**
 * The names of the classes by their number: a text with one a line, or a list as JSON.
 * @throws SiltstoneError `file_not_readable`, `bad_usage`
 */
export async function readLabels(file: string): Promise<readonly string[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new SiltstoneError('file_not_readable', `read ${file}: ${messageOf(error)}`, { cause: error });
  }
  const list = text.trimStart().startsWith('[') ? parsed(text) : labelsIn(text);
  if (Array.isArray(list) && list.length > 0 && list.every((one) => typeof one === 'string' && one !== '')) return list;
  throw new SiltstoneError('bad_usage', `${file} holds no labels: one a line, none empty, or a list of texts as JSON`);
}
