/** Text of the page that is markup already: all else is escaped. */
export interface Markup {
  readonly markup: string;
}

type Inserted = Markup | readonly Markup[] | string | number | undefined;

/**
 * A template of HTML or SVG. What is inserted is text, and escaped, unless it is markup itself: whatever a label, a message or
 * an id holds, it stays a text between tags or in an attribute in double quotes.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Inserted[]): Markup {
  return { markup: strings.map((text, i) => (i === 0 ? text : inserted(values[i - 1]) + text)).join('') };
}

export const nothing: Markup = { markup: '' };

function inserted(value: Inserted): string {
  if (value === undefined) return '';
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value));
  return 'markup' in value ? value.markup : value.map(({ markup }) => markup).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Control characters have no place in HTML; a lone half of a character none in UTF-8. */
const escaped = (text: string): string =>
  text
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/[&<>"']/g, (character) => entities[character] ?? character)
    .replace(/\p{Cc}/gu, (control) => (control === '\n' ? control : '\ufffd'));
