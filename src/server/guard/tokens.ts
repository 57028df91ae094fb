import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { messageOf, SiltstoneError } from '../../errors.ts';
import type { Settings } from '../../settings.ts';

/** What a token may do. */
const scopes = ['read', 'submit', 'ingest'] as const;

export type TokenScope = (typeof scopes)[number];

interface Token {
  readonly digest: Buffer;
  readonly may: readonly TokenScope[];
}

/** Undefined where nobody needs a token. */
export type TokenCheck = (given: string) => readonly TokenScope[] | undefined;

const pattern = /^[\w.~+/=-]{16,}$/;

/**
 * The tokens of the settings; undefined where there are none.
 * @throws SiltstoneError `bad_setting` for a file that cannot be read, holds a line that is no token, or none at all
 */
export function readTokens({
  serve_token,
  serve_token_file,
}: Pick<Settings, 'serve_token' | 'serve_token_file'>): TokenCheck | undefined {
  const own = serve_token === '' ? [] : [{ digest: digestOf(serve_token), may: scopes }];
  const tokens = [...own, ...(serve_token_file === '' ? [] : readTokenFile(serve_token_file))];
  return tokens.length === 0 ? undefined : (given) => check(tokens, digestOf(given));
}

/** Digests have one length, whatever was given, and each is compared whatever the others say: the time tells nothing. */
function check(tokens: readonly Token[], given: Buffer): readonly TokenScope[] | undefined {
  return tokens.filter(({ digest }) => timingSafeEqual(digest, given))[0]?.may;
}

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

function readTokenFile(path: string): readonly Token[] {
  const text = readText(path);
  const lines = text.split(/\r?\n/).map((line) => line.replace(/#.*/, '').trim());
  const tokens = lines.flatMap((line, i) => (line === '' ? [] : [tokenOf(line, `${path}, line ${i + 1}`)]));
  if (tokens.length === 0) throw new SiltstoneError('bad_setting', `serve_token_file: ${path} holds no token`);
  return tokens;
}

/** A file that others may read gives the tokens to them. */
function readText(path: string): string {
  try {
    const isOpen = process.platform !== 'win32' && (statSync(path).mode & 0o007) !== 0;
    if (isOpen) throw new SiltstoneError('bad_setting', `serve_token_file: everybody may use ${path}: chmod 600 it`);
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof SiltstoneError) throw error;
    throw new SiltstoneError('bad_setting', `serve_token_file: ${messageOf(error)}`, { cause: error });
  }
}

function tokenOf(line: string, place: string): Token {
  const [token = '', list = '', ...rest] = line.split(/\s+/);
  const may = scopes.filter((scope) => list.split(',').includes(scope));
  const isWhole = pattern.test(token) && rest.length === 0 && may.length === list.split(',').length;
  // The line itself may hold a token, and is not told.
  if (!isWhole) {
    throw new SiltstoneError(
      'bad_setting',
      `serve_token_file: ${place}: not 16 or more letters, and read,submit,ingest`,
    );
  }
  return { digest: digestOf(token), may };
}
