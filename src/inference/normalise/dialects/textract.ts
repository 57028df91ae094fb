import type { Dialect } from '../dialect.ts';
import { members, ofSome } from '../read/evidence.ts';
import { at, type Fields, readItems } from '../read/fields.ts';
import { textLabel } from '../read/labels.ts';
import { pageNumber } from '../read/numbers.ts';
import { amazonGeometry } from '../read/outline.ts';

export const textract: Dialect = {
  name: 'textract',
  of: 'Amazon Textract',
  form: '`{Blocks[{BlockType, Id, Text?, Confidence, Page?, Geometry{BoundingBox{Left, Top, Width, Height}, Polygon[{X, Y}]}, Relationships[{Type, Ids}]?}]}`',
  source: 'https://docs.aws.amazon.com/textract/latest/dg/how-it-works-document-layout.html',
  checked: 'unverified: that the confidence of a block ends at 100, as that of a prediction does',
  payload: 'json',
  geometry: 'left, top, width, height; the outline as key points',
  unit: 1,
  score: 'always',
  scoreFull: 100,
  label: 'none',
  also: ['text', 'key points', 'frame'],
  note: 'Words are kept, and of lines those without a word; pages, tables, forms and layout blocks are not. Pages count from 1: the first is frame 0.',
  recognise: (payload) => ofSome(at(payload, 'Blocks'), (item) => members(item, ['BlockType', 'Geometry'], ['Id'])),
  read: (payload, { labels }) => {
    const list = at(payload, 'Blocks');
    const words = new Set(
      (Array.isArray(list) ? list : []).flatMap((one: unknown) =>
        at(one, 'BlockType') === 'WORD' ? [at(one, 'Id')] : [],
      ),
    );
    return readItems(list, '$.Blocks', (block, path) => {
      const isText = block.BlockType === 'WORD' || (block.BlockType === 'LINE' && !hasOneOf(block, words));
      if (!isText) return undefined;
      const place = amazonGeometry(block.Geometry);
      const frame = pageNumber(block.Page);
      return { path, ...place, score: block.Confidence, ...textLabel(labels), text: block.Text, frame };
    });
  },
};

function hasOneOf({ Relationships: list }: Fields, ids: ReadonlySet<unknown>): boolean {
  if (!Array.isArray(list)) return false;
  return list.some((relationship: unknown) => {
    const children = at(relationship, 'Ids');
    return Array.isArray(children) && children.some((id: unknown) => ids.has(id));
  });
}
