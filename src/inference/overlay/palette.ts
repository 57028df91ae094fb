/** How the outline of a box is drawn, and which mark stands for it on the radar: told apart without any colour. */
export type Outline = 'whole' | 'corners' | 'dashed' | 'dotted';

/** How everything of one label looks. */
export interface Look {
  readonly colour: string;
  readonly outline: Outline;
  /** Of words on a plate of the colour. */
  readonly ink: string;
  /** Of the rim around lines of the colour. */
  readonly halo: string;
}

/** The colours of Okabe and Ito, which people with any kind of colour blindness tell apart: https://jfly.uni-koeln.de/color/ */
const okabeIto = {
  black: '#000000',
  orange: '#e69f00',
  skyBlue: '#56b4e9',
  green: '#009e73',
  yellow: '#f0e442',
  blue: '#0072b2',
  vermillion: '#d55e00',
  purple: '#cc79a7',
} as const;

export const dark = '#101418';
export const light = '#ffffff';

/** What stands on the picture by itself, the radar and notes: warm stone, with one ochre line. */
export const panel = { ground: '#292524', opacity: 0.82, ink: '#e7e5e4', accent: '#d08b2c' } as const;

const look = (colour: string, outline: Outline): Look => ({
  colour,
  outline,
  ink: contrast(colour, dark) >= contrast(colour, light) ? dark : light,
  halo: luminance(colour) < darkerThan ? light : dark,
});

/** A rim of the dark colour would not be seen around what is darker than this. */
const darkerThan = 0.1;

/** Labels that are colours look like what they mean, as far as this palette goes; the ball stands out of the grass. */
const named: Readonly<Record<string, Look>> = {
  red: look(okabeIto.vermillion, 'whole'),
  blue: look(okabeIto.skyBlue, 'corners'),
  yellow: look(okabeIto.yellow, 'dashed'),
  black: look(okabeIto.black, 'dotted'),
};

export const ballLook: Look = look(okabeIto.purple, 'whole');

const colours = [
  okabeIto.orange,
  okabeIto.skyBlue,
  okabeIto.green,
  okabeIto.yellow,
  okabeIto.blue,
  okabeIto.vermillion,
  okabeIto.purple,
];
const outlines = ['whole', 'corners', 'dashed'] as const;

/** Of any label: seven colours by three outlines. */
const others = outlines.flatMap((outline) => colours.map((colour) => look(colour, outline)));

/** The same label looks the same in every frame and every job. */
export function lookOf(label: string): Look {
  const sum = [...label].reduce((total, letter) => (total * 31 + (letter.codePointAt(0) ?? 0)) % 65_521, 7);
  return (Object.hasOwn(named, label) ? named[label] : others[sum % others.length]) ?? ballLook;
}

/** Contrast ratio of two colours, 1 to 21. Source: https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio */
export function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

/** Relative luminance of `#rrggbb`, 0 to 1. Source: https://www.w3.org/TR/WCAG21/#dfn-relative-luminance */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
