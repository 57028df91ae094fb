import type { Dialect } from '../dialect.ts';
import { members as membersOf, ofSome } from '../read/evidence.ts';
import { at, joined, readItems, unreadable } from '../read/fields.ts';
import { members, xyxy } from '../read/geometry.ts';
import { textLabel } from '../read/labels.ts';
import { within } from '../read/nested.ts';

export const tesseractJs: Dialect = {
  name: 'tesseract-js',
  of: 'tesseract.js 6',
  form: '`{data{blocks[{paragraphs[{lines[{words[{text, confidence, bbox{x0, y0, x1, y1}}]}]}]}], text}}`, or the data alone',
  source: 'https://github.com/naptha/tesseract.js/blob/master/src/index.d.ts',
  checked: 'verified',
  payload: 'json',
  geometry: 'left, top, right, bottom',
  unit: 'frame px',
  score: 'always',
  scoreFull: 100,
  label: 'none',
  also: ['text'],
  note: 'Words are kept. Where blocks were not asked for they are null: that is an issue.',
  recognise: (payload) =>
    ofSome(blocksOf(payload), (block) =>
      ofSome(at(block, 'paragraphs'), (paragraph) =>
        ofSome(at(paragraph, 'lines'), (line) =>
          ofSome(at(line, 'words'), (word) => membersOf(word, ['bbox.x0', 'text'], ['confidence'])),
        ),
      ),
    ),
  read: (payload, { labels }) => {
    const path = `$${at(payload, 'data') === undefined ? '' : '.data'}.blocks`;
    const blocks = blocksOf(payload);
    if (!Array.isArray(blocks)) return unreadable(path, 'a list has to be here: ask for `blocks`');
    return joined(
      within(blocks, path, ['paragraphs', 'lines', 'words']).map(({ list, path: place }) =>
        readItems(list, place, (word, spot) => ({
          path: spot,
          corners: xyxy(members(word.bbox, ['x0', 'y0', 'x1', 'y1'])),
          score: word.confidence,
          ...textLabel(labels),
          text: word.text,
        })),
      ),
    );
  },
};

const blocksOf = (payload: unknown): unknown => at(payload, 'data', 'blocks') ?? at(payload, 'blocks');
