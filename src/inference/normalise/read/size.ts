import type { Size } from '../../letterbox.ts';
import { at } from './fields.ts';

/** A size in `width` and `height` of an object, where both are numbers. */
export function sizeIn(value: unknown): Size | undefined {
  const [width, height] = [at(value, 'width'), at(value, 'height')];
  return isSide(width) && isSide(height) ? { width, height } : undefined;
}

const isSide = (value: unknown): value is number => Number.isFinite(value) && (value as number) > 0;
