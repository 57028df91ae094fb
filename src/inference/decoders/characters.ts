import { z } from 'zod';
import { type Box, overlapOfSmaller } from '../box.ts';
import { defineDecoder, type PayloadRow } from './define.ts';
import { output } from './select.ts';
import { jsonNumber, readOutput } from './tensors.ts';

const options = z.strictObject({
  name: z.literal('characters'),
  output: output('characters'),
  alphabet: z.string().min(1).describe('a character for each class, in the model’s order'),
  score_min: z.number().min(0).max(1).default(0.5).describe('characters with a lower score are left out'),
  texts: z
    .record(
      z.string(),
      z.strictObject({
        pattern: z.string().refine(isPattern, 'no regular expression').describe('of the whole text'),
        score_min: z.number().min(0).max(1).default(0).describe('the least mean of its characters’ scores'),
      }),
    )
    .default({})
    .describe('by label, what a text of it looks like: the first that fits is taken, and what fits none is left out'),
});

/** A character at its place; a line of them reads from left to right. */
interface Character extends Box {
  readonly score: number;
  readonly character: string;
}

type Line = readonly [Character, ...Character[]];

const rowLength = 6;
/** At one place the best stays. */
const overlapMax = 0.3;
/**
 * Characters of a line: in heights of the smaller how far apart their middles may be across, of the larger how far down, and by
 * how much their heights differ. Models look at a few sizes only, and a 1 fits several.
 */
const neighbour = { across: 1.3, down: 0.35, ratioMax: 1.45 };
/** A pattern is tried on texts up to here. */
const lengthMax = 64;

/**
 * Characters found one by one, joined to texts: those of a like height that stand side by side.
 *
 * Reads [1, characters, 6]: x1, y1, x2, y2 in px of the model's input, score 0 to 1, class.
 */
export const characters = defineDecoder(options, 'xyxy-score-class-text', (outputs, given, { labels }) => {
  const { values } = readOutput(outputs, given.output, ['characters', rowLength], 'characters');
  const { sound, oddCount } = readCharacters(values, given);
  const forms = Object.entries(given.texts).map(([label, { pattern, score_min }]) => ({
    classIndex: labels.indexOf(label),
    pattern: new RegExp(`^(?:${pattern})$`, 'u'),
    score_min,
  }));
  const payload: PayloadRow[] = [];
  for (const line of joinLines(suppress(sound))) {
    const text = line.map(({ character }) => character).join('');
    const score = line.reduce((sum, one) => sum + one.score, 0) / line.length;
    const form = forms.find((one) => text.length <= lengthMax && score >= one.score_min && one.pattern.test(text));
    if (forms.length > 0 && form === undefined) continue;
    payload.push([...boxOf(line).map(jsonNumber), jsonNumber(score), form?.classIndex ?? 0, text]);
  }
  const message = `${oddCount} characters hold values that are no numbers`;
  return { payload, issues: oddCount === 0 ? [] : [{ code: 'not_finite', path: '$', message }] };
});

function readCharacters(
  values: ArrayLike<number>,
  { alphabet, score_min }: z.infer<typeof options>,
): { readonly sound: Character[]; readonly oddCount: number } {
  // By code points: a character beyond the first 65536 is one class.
  const known = [...alphabet];
  const sound: Character[] = [];
  let oddCount = 0;
  for (let start = 0; start + rowLength <= values.length; start += rowLength) {
    const row = Array.from({ length: rowLength }, (_, i) => values[start + i] ?? Number.NaN);
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, score = 0, classIndex = 0] = row;
    const character = known[classIndex];
    if (score < score_min) continue;
    if (!row.every(Number.isFinite) || character === undefined) oddCount++;
    else if (x2 > x1 && y2 > y1) sound.push({ x1, y1, x2, y2, score, character });
  }
  return { sound, oddCount };
}

function suppress(found: readonly Character[]): readonly Character[] {
  const kept: Character[] = [];
  for (const one of found.toSorted((a, b) => b.score - a.score)) {
    if (!kept.some((other) => overlapOfSmaller(other, one) > overlapMax)) kept.push(one);
  }
  return kept;
}

/** Each character, from left to right, continues the line that it stands beside, or begins one. */
function joinLines(found: readonly Character[]): readonly Line[] {
  const lines: Line[] = [];
  for (const one of found.toSorted((a, b) => a.x1 + a.x2 - b.x1 - b.x2)) {
    const index = lines.findIndex((line) => isNext(line[line.length - 1] ?? line[0], one));
    const line = lines[index];
    if (line === undefined) lines.push([one]);
    else lines[index] = [...line, one];
  }
  return lines;
}

function isNext(last: Character, one: Character): boolean {
  const [lastHeight, height] = [last.y2 - last.y1, one.y2 - one.y1];
  const [smaller, larger] = [Math.min(lastHeight, height), Math.max(lastHeight, height)];
  const across = (one.x1 + one.x2 - last.x1 - last.x2) / 2;
  const down = Math.abs(one.y1 + one.y2 - last.y1 - last.y2) / 2;
  const isLike = larger <= neighbour.ratioMax * smaller;
  return isLike && across <= neighbour.across * smaller && down <= neighbour.down * larger;
}

const boxOf = (line: Line): readonly [number, number, number, number] => [
  Math.min(...line.map(({ x1 }) => x1)),
  Math.min(...line.map(({ y1 }) => y1)),
  Math.max(...line.map(({ x2 }) => x2)),
  Math.max(...line.map(({ y2 }) => y2)),
];

function isPattern(text: string): boolean {
  try {
    return new RegExp(`^(?:${text})$`, 'u') instanceof RegExp;
  } catch {
    // What it says is of no use in a manifest's message: the field is named, and the text stands in it.
    return false;
  }
}
