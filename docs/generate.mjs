// Writes the pages of this folder that are derived from the source, after `npm run build`.
//   node docs/generate.mjs            writes them all
//   node docs/generate.mjs --check    changes nothing, names each page that has drifted, exits 1 for any
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { specOf } from '../dist/cli/command.js';
import { buildProgram } from '../dist/cli/program.js';
import { errorTable } from '../dist/errors.js';
import {
  envelope,
  eventJsonSchema,
  examples,
  fieldsOf,
  kinds,
  promotionJsonSchema,
  tsYearMax,
  tsYearMin,
} from '../dist/events/index.js';
import { manifestJsonSchema } from '../dist/inference/index.js';
import { environmentName, settingTable } from '../dist/settings.js';
import { dialectsPage } from './dialects-page.mjs';
import { metricsPage } from './metrics-page.mjs';

const typeNames = {
  VARCHAR: 'string',
  BIGINT: 'integer',
  DOUBLE: 'number',
  BOOLEAN: 'boolean',
  JSON: 'JSON',
  TIMESTAMPTZ: 'time',
};

const program = await buildProgram();

const pages = {
  'commands.md': commandsPage(),
  'dialects.md': dialectsPage({ generatedFrom, table }),
  'events.md': eventsPage(),
  'event.schema.json': `${JSON.stringify(eventJsonSchema(), null, 2)}\n`,
  'siltstone.schema.json': `${JSON.stringify(promotionJsonSchema(), null, 2)}\n`,
  'plugin.schema.json': `${JSON.stringify(manifestJsonSchema(), null, 2)}\n`,
  'metrics.md': metricsPage({ generatedFrom, table }),
  'settings.md': settingsPage(),
  'errors.md': errorsPage(),
};

const pathOf = (name) => fileURLToPath(new URL(name, import.meta.url));

if (process.argv.includes('--check')) {
  const drifted = Object.keys(pages).filter((name) => contentOf(name) !== pages[name]);
  for (const name of drifted) {
    process.stdout.write(`docs/${name} is not what the source says: run \`npm run docs\` and commit what changed\n`);
  }
  process.exitCode = drifted.length === 0 ? 0 : 1;
} else {
  for (const [name, text] of Object.entries(pages)) writeFileSync(pathOf(name), text);
}

function contentOf(name) {
  try {
    return readFileSync(pathOf(name), 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return '';
    throw error;
  }
}

function eventsPage() {
  return [
    '# Events',
    generatedFrom('src/events'),
    'An event is one JSON object on one line, UTF-8, at most 1 MiB with its `\\n`: the envelope’s fields first, then the ' +
      'kind’s own. A field that may be absent may also be `null`. A field that is not listed here is kept in `attrs`, and a ' +
      'kind that is not listed here needs the envelope only. A line that is no event becomes a `line.rejected` event.',
    'The same as JSON Schema: [event.schema.json](event.schema.json).',
    '## The envelope',
    fieldTable(envelope),
    `\`event\` is \`noun.word\`, lower case, at most 64 characters. \`job_id\` has 1 to 128 of \`A-Z a-z 0-9 . _ : -\` and does ` +
      `not start with a dot. \`ts\` lies in the years ${tsYearMin} to ${tsYearMax}: another year is taken for a mistake.`,
    ...Object.entries(kinds).flatMap(([kind, schema]) => kindSection(kind, schema)),
  ].join('\n\n');
}

function kindSection(kind, schema) {
  const { when, line } = examples[kind];
  return [
    `## \`${kind}\``,
    `Written when ${when}.`,
    fieldTable(schema),
    `\`\`\`jsonl\n${JSON.stringify(line)}\n\`\`\`${kind === Object.keys(kinds).at(-1) ? '\n' : ''}`,
  ];
}

function fieldTable(schema) {
  const rows = fieldsOf(schema).map(({ name, type, required, help }) => [
    `\`${name}\``,
    typeNames[type],
    required ? 'yes' : '',
    help,
  ]);
  return table(['field', 'type', 'required', 'meaning'], rows);
}

function settingsPage() {
  const rows = Object.entries(settingTable).map(([name, { default: byDefault, unit, help }]) => [
    `\`${name}\``,
    `\`${environmentName(name)}\``,
    `\`${byDefault}\``,
    unit,
    help,
  ]);
  return [
    '# Settings',
    generatedFrom('src/settings.ts'),
    'A setting is read from its environment variable; a command’s option wins over it. A wrong value stops the command ' +
      'with the error `bad_setting` before anything is done. Custom kinds that are to have columns and a view of their own stand ' +
      'in a file of the warehouse: [custom-kinds.md](custom-kinds.md).',
    `${table(['name', 'environment variable', 'default', 'unit', 'meaning'], rows)}\n`,
  ].join('\n\n');
}

function errorsPage() {
  const rows = Object.entries(errorTable).map(([code, remedy]) => [`\`${code}\``, remedy]);
  return [
    '# Errors',
    generatedFrom('src/errors.ts'),
    'An error that siltstone raises on purpose has a code, a message that says what was being done to what and what was ' +
      'found, and a remedy. A code is never reused for something else.',
    `${table(['code', 'what to do'], rows)}\n`,
  ].join('\n\n');
}

function commandsPage() {
  const common = program.commands[0].options.filter(isCommon);
  return [
    '# Commands',
    generatedFrom('src/cli'),
    'Results are on stdout, progress and logs on stderr. Exit code 0: done; 1: failed, with a message, its code and what ' +
      'to do on stderr; 2: the command line is wrong; 130: ended by Ctrl-C. `siltstone COMMAND --help` says the same as this page.',
    'Every command takes:',
    table(['option', 'meaning'], common.map(optionRow)),
    ...program.commands.flatMap(commandSection),
  ]
    .join('\n\n')
    .concat('\n');
}

function commandSection(command) {
  const { details, summary, examples } = specOf(command);
  const usage = [...command.registeredArguments.map(argumentUsage), '[options]'].join(' ');
  const rows = [
    ...command.registeredArguments.map((argument) => [`\`${argument.name()}\``, argument.description]),
    ...command.options.filter((option) => !isCommon(option)).map(optionRow),
  ];
  return [
    `## ${command.name()}`,
    `\`siltstone ${command.name()} ${usage}\``,
    [`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`, details].filter(Boolean).join(' '),
    ...(rows.length > 0 ? [table(['argument or option', 'meaning'], rows)] : []),
    `\`\`\`sh\n${examples.map(([line, does]) => `# ${does}\n${line}`).join('\n')}\n\`\`\``,
  ];
}

function argumentUsage(argument) {
  return argument.required ? `<${argument.name()}>` : `[${argument.name()}]`;
}

function isCommon({ long }) {
  return long === '--warehouse' || long === '--set';
}

function optionRow({ flags, description, argChoices, defaultValue, mandatory }) {
  const facts = [
    ...(argChoices ? [argChoices.map((choice) => `\`${choice}\``).join(', ')] : []),
    ...(defaultValue === undefined ? [] : [`default: ${defaultValue}`]),
    ...(mandatory ? ['required'] : []),
  ];
  return [`\`${flags}\``, `${description}${facts.length > 0 ? ` (${facts.join('; ')})` : ''}`];
}

function generatedFrom(source) {
  return `<!-- Written by \`npm run docs\` from ${source}: change it there. -->`;
}

/** Padded as the formatter wants it. */
function table(head, rows) {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  const [first, ...rest] = cells.map(line);
  return [first, line(widths.map((width) => '-'.repeat(width))), ...rest].join('\n');
}
