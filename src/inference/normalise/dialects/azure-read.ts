import type { Candidate, CandidateKeypoint } from '../candidate.ts';
import type { Dialect, DialectReading } from '../dialect.ts';
import { at, joined, readItems, unreadable } from '../read/fields.ts';
import { flatPairs, points } from '../read/geometry.ts';
import { textLabel } from '../read/labels.ts';
import { within } from '../read/nested.ts';
import { pageNumber } from '../read/numbers.ts';
import { outlined } from '../read/outline.ts';
import { sizeIn } from '../read/size.ts';

export const azureRead: Dialect = {
  name: 'azure-read',
  of: 'Azure Document Intelligence and Form Recognizer, Azure Computer Vision Read',
  form: '`{analyzeResult{pages[{pageNumber, width, height, unit, words[{content, polygon[8], confidence}]}]}}`; Read has `readResults[{page, unit, lines[{words[{text, boundingBox[8], confidence}]}]}]`',
  source: 'https://learn.microsoft.com/dotnet/api/azure.ai.documentintelligence.documentpage',
  checked: 'verified',
  payload: 'json',
  geometry: 'outline of 4 corners, around which the box is',
  unit: 'frame px',
  score: 'optional',
  label: 'none',
  also: ['text', 'key points', 'frame'],
  note: 'A page counts in px where its unit is `pixel`; inches of a PDF are taken as shares of the page. Words are kept. Pages count from 1: the first is frame 0.',
  recognise: (payload) => {
    const [pages, path] = pagesOf(payload);
    const hasWords =
      Array.isArray(pages) && pages.some((page: unknown) => wordsOf(page, '').some(({ list }) => isText(list)));
    return hasWords ? [path, 'words of a page with their outlines'] : [];
  },
  read: (payload, { labels }) => {
    const [pages, path] = pagesOf(payload);
    if (!Array.isArray(pages)) return unreadable(path, 'a list of pages has to be here');
    return joined(pages.map((page: unknown, i) => readPage(page, `${path}[${i}]`, labels)));
  },
};

function pagesOf(payload: unknown): readonly [pages: unknown, path: string] {
  const result = at(payload, 'analyzeResult');
  const from = result ?? payload;
  const name = at(from, 'readResults') === undefined ? 'pages' : 'readResults';
  return [at(from, name), `$${result === undefined ? '' : '.analyzeResult'}.${name}`];
}

const isText = (list: unknown): boolean =>
  Array.isArray(list) && list.some((word: unknown) => outlineOf(word) !== undefined && textOf(word) !== undefined);

const wordsOf = (page: unknown, path: string) =>
  at(page, 'words') === undefined
    ? within(at(page, 'lines') ?? [], `${path}.lines`, ['words'])
    : [{ list: at(page, 'words'), path: `${path}.words` }];

const textOf = (word: unknown): unknown => at(word, 'content') ?? at(word, 'text');

function outlineOf(word: unknown): CandidateKeypoint[] | undefined {
  const polygon = at(word, 'polygon') ?? at(word, 'boundingPolygon') ?? at(word, 'boundingBox');
  if (!Array.isArray(polygon)) return undefined;
  return typeof polygon[0] === 'object' && polygon[0] !== null ? points(polygon) : flatPairs(polygon);
}

function readPage(page: unknown, path: string, labels: readonly string[]): DialectReading {
  const size = sizeIn(page);
  const isPx = at(page, 'unit') === 'pixel';
  if (!isPx && size === undefined) return unreadable(path, 'the page has neither px nor a size');
  const share = isPx ? undefined : size;
  const frame = pageNumber(at(page, 'pageNumber') ?? at(page, 'page'));
  const lists = wordsOf(page, path).map(({ list, path: place }) =>
    readItems(list, place, (word, spot) => ({
      path: spot,
      ...placeOf(outlineOf(word), share),
      score: word.confidence,
      ...textLabel(labels),
      text: textOf(word),
      frame,
    })),
  );
  return { ...joined(lists), size: isPx ? size : undefined };
}

type Place = Pick<Candidate, 'corners' | 'keypoints' | 'unit'>;

function placeOf(outline: readonly CandidateKeypoint[] | undefined, share: ReturnType<typeof sizeIn>): Place {
  if (share === undefined) return outlined(outline);
  const scaled = outline?.map(({ x, y }) => ({ x: over(x, share.width), y: over(y, share.height) }));
  return { ...outlined(scaled), unit: 1 };
}

const over = (value: unknown, whole: number): unknown => (typeof value === 'number' ? value / whole : value);
