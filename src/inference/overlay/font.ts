/** The part of a canvas that this needs. */
interface TextMeasure {
  font: string;
  measureText(text: string): { readonly width: number };
}

/**
 * Whether text can be drawn: on a machine without fonts a canvas draws none and says nothing.
 * @param font in CSS notation
 */
export function canDrawText(context: TextMeasure, font: string): boolean {
  context.font = font;
  return context.measureText('#0').width > 0;
}
