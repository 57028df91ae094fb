import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { GlobalFonts } from '@napi-rs/canvas';
import { messageOf, SiltstoneError } from '../../errors.ts';

/** The scripts that the bundled font has; labels in others take the machine's fonts. One file holds one script. */
const scripts = ['latin', 'latin-ext', 'greek', 'cyrillic', 'vietnamese'] as const;

const familyOf = (script: string) => `Siltstone ${script}`;

/** In CSS notation. The bundled font, of one weight. */
const fontOf = (sizePx: number) => `600 ${sizePx}px ${scripts.map((script) => `"${familyOf(script)}"`).join(', ')}`;

let isRegistered = false;

/**
 * The font of labels, the same on every machine. It is bundled since a canvas on a machine without fonts draws no text
 * and says nothing.
 * @returns in CSS notation
 * @throws SiltstoneError `job_failed` where it cannot be registered
 */
export function overlayFont(sizePx: number): string {
  if (!isRegistered) for (const script of scripts) register(script);
  isRegistered = true;
  return fontOf(sizePx);
}

function register(script: string): void {
  const file = `@fontsource/inter/files/inter-${script}-600-normal.woff2`;
  try {
    const font = readFileSync(createRequire(import.meta.url).resolve(file));
    if (GlobalFonts.register(font, familyOf(script)) === null) throw new Error('the canvas refuses it');
  } catch (error) {
    const message = `load the font of labels, ${file}: ${messageOf(error)}; install the packages again`;
    throw new SiltstoneError('job_failed', message, { cause: error });
  }
}
