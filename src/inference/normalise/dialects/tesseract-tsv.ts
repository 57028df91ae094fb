import type { Candidate } from '../candidate.ts';
import type { Dialect } from '../dialect.ts';
import type { Issue } from '../issues.ts';
import { readLines } from '../read/fields.ts';
import { four, xywh } from '../read/geometry.ts';
import { textLabel } from '../read/labels.ts';
import { numeric, pageNumber } from '../read/numbers.ts';

const head = 'level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext';

export const tesseractTsv: Dialect = {
  name: 'tesseract-tsv',
  of: 'Tesseract’s TSV, pytesseract `image_to_data`',
  form: 'a line a box, tabs between: `level page_num block_num par_num line_num word_num left top width height conf text`',
  source: 'https://github.com/tesseract-ocr/tesseract/blob/main/src/api/baseapi.cpp',
  checked: 'verified',
  payload: 'text',
  geometry: 'left, top, width, height',
  unit: 'frame px',
  score: 'always',
  scoreFull: 100,
  label: 'none',
  also: ['text', 'frame'],
  note: 'Words (level 5) are kept. The other levels are the boxes around them, with a confidence of −1. A word of blanks is padding. Pages count from 1: the first is frame 0.',
  recognise: (payload) =>
    typeof payload === 'string' && payload.trimStart().startsWith(head)
      ? ['head of level, page_num, …, conf, text']
      : [],
  read: (payload, { labels }) => {
    let paddingCount = 0;
    const reading = readLines(payload, (line, path) => {
      const cells = line.split('\t');
      if (cells[0]?.trim() === 'level' || isAround(cells)) return undefined;
      if (cells.length < 11) return { code: 'malformed', path, message: `${cells.length} columns where 12 have to be` };
      const word = cells.slice(11).join('\t');
      if (word.trim() !== '') return wordOf(cells, word, path, labels);
      paddingCount++;
      return undefined;
    });
    return { ...reading, paddingCount };
  },
};

/** A page, block, paragraph or line. */
const isAround = ([level = '']: readonly string[]): boolean => /^[1-4]$/.test(level.trim());

function wordOf(cells: readonly string[], text: string, path: string, labels: readonly string[]): Candidate | Issue {
  const [, page, , , , , left, top, width, height, score] = cells.map(numeric);
  return {
    path,
    corners: xywh(four([left, top, width, height])),
    score,
    ...textLabel(labels),
    text,
    frame: pageNumber(page),
  };
}
