import { orNone } from '../candidate.ts';
import type { Dialect } from '../dialect.ts';
import { at, joined, readItems } from '../read/fields.ts';
import { evidenceOfResponses, readResponses } from '../read/google.ts';
import { textLabel } from '../read/labels.ts';
import { within } from '../read/nested.ts';
import { boundingPoly } from '../read/outline.ts';

export const googleFullText: Dialect = {
  name: 'google-full-text',
  of: 'Google Cloud Vision, document text',
  form: '`{responses[{fullTextAnnotation{pages[{blocks[{paragraphs[{words[{boundingBox{vertices[{x?, y?}]}, confidence, symbols[{text}]}]}]}]}], text}}]}`, or one response alone',
  source: 'https://github.com/googleapis/googleapis/blob/master/google/cloud/vision/v1/text_annotation.proto',
  checked: 'verified',
  payload: 'json',
  geometry: 'outline, around which the box is',
  unit: 'frame px',
  score: 'optional',
  label: 'none',
  also: ['text', 'key points', 'frame'],
  note: 'Words are kept; their text is that of their symbols. The outline’s key is `boundingBox`. Where `textAnnotations` stand beside it they are the same words without scores. The Node client writes 0 for a score that there is not.',
  recognise: (payload) =>
    evidenceOfResponses(payload, (one) => {
      if (!Array.isArray(at(one, 'fullTextAnnotation', 'pages'))) return [];
      return ['fullTextAnnotation.pages', ...(Array.isArray(at(one, 'textAnnotations')) ? ['textAnnotations'] : [])];
    }),
  read: (payload, { labels }) =>
    readResponses(payload, (one, path) => {
      const pages = at(one, 'fullTextAnnotation', 'pages') ?? [];
      const isMany = Array.isArray(pages) && pages.length > 1;
      const lists = within(pages, `${path}.fullTextAnnotation.pages`, ['blocks', 'paragraphs', 'words']);
      return joined(
        lists.map(({ list, path: place, indices: [page] }) =>
          readItems(list, place, (word, spot) => ({
            path: spot,
            ...boundingPoly(word.boundingBox),
            score: orNone(word.confidence, 0),
            ...textLabel(labels),
            text: textOf(word.symbols),
            ...(isMany && { frame: page }),
          })),
        ),
      );
    }),
};

const textOf = (symbols: unknown): string =>
  Array.isArray(symbols) ? symbols.map((symbol: unknown) => String(at(symbol, 'text') ?? '')).join('') : '';
