// docs/dialects.md as generate.mjs writes it: every dialect with what it can say, and every code of an issue.
import { dialects, issueTable, unitText } from '../dist/inference/normalise/index.js';

export function dialectsPage({ generatedFrom, table }) {
  return [
    '# Dialects',
    generatedFrom('src/inference/normalise'),
    `The forms in which model families and services write their results: ${dialects.length} of them. A plugin’s manifest names ` +
      'one as its `dialect`, and every payload goes through it to detections: px of the frame, a score from 0 to 1 or none.',
    'In the table, a unit of “ratio” is a share of the frame’s sides; “px or ratio” is not said by the output, and ratios are ' +
      'taken where every coordinate is at most 1 and one is no whole number. “px of the input” are those of the model’s input: the letterbox is undone.',
    table(['dialect', 'of', 'geometry', 'unit', 'score', 'label', 'also'], dialects.map(factRow)),
    '## Forms, sources, what is odd',
    ...dialects.map(section),
    '## What can be wrong in an output',
    'Each is an `output.issue` event with the place in the payload, and a row of the view `output_issues`. None ends a job.',
    `${table(
      ['code', 'meaning'],
      Object.entries(issueTable).map(([code, meaning]) => [`\`${code}\``, meaning]),
    )}\n`,
  ].join('\n\n');
}

const factRow = (dialect) => [
  `[\`${dialect.name}\`](#${dialect.name})`,
  dialect.of,
  dialect.geometry,
  unitText(dialect.unit),
  scoreText(dialect),
  dialect.label,
  dialect.also.join(', '),
];

function scoreText({ score, scoreFull = 1 }) {
  if (score === 'never') return 'never';
  return `${score === 'optional' ? 'optional, ' : ''}0 to ${scoreFull}`;
}

function section({ name, form, note, source, checked, payload }) {
  const isAddress = source.startsWith('https://');
  return [
    `### ${name}`,
    [`${payload === 'text' ? 'Text: ' : ''}${form}.`, note].filter(Boolean).join(' '),
    `Source: ${isAddress ? `<${source}>` : `\`${source}\``}${checked === 'verified' ? '' : `; **${checked}**`}.`,
  ].join('\n\n');
}
