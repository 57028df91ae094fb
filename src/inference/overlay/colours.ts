/** Colours of labels that are colours themselves; black is told by white, which stands out on grass. */
const named: Readonly<Record<string, string>> = {
  red: '#ff3040',
  blue: '#4f8cff',
  yellow: '#ffe020',
  black: '#ffffff',
  ball: '#ff40ff',
};

const others = ['#00c8a0', '#ff9040', '#b070ff', '#60d0ff', '#a0e040', '#ff80b0'];

/** The same label has the same colour in every frame and every job. */
export function colourOf(label: string): string {
  const sum = [...label].reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0);
  return named[label] ?? others[sum % others.length] ?? '#ffffff';
}
