import { isNumeric, type Report, type Table, valueText } from '../report/index.ts';
import { write, writeLine } from './output.ts';
import { table } from './table.ts';
import { countText } from './text.ts';

const rowsShownMax = 10;
const cellWidthMax = 48;
const widthMax = 100;

/** A report for the terminal: its figures and its tables, without the charts. */
export async function printSummary({ title, subtitle, verdict, message, facts, sections }: Report): Promise<void> {
  await writeLine(`${title}: ${verdict}`);
  await writeLine(subtitle);
  if (message !== undefined) await writeLine(message);
  await writeLine();
  const width = Math.max(...facts.map(({ label }) => label.length));
  for (const { label, value, note = '' } of facts) {
    await writeLine(`  ${label.padEnd(width)}  ${value}${note === '' ? '' : `, ${note}`}`);
  }
  for (const section of sections) {
    const tables = section.parts.filter((part) => part.kind === 'table');
    if (tables.length > 0) await writeLine(`\n${section.title.toUpperCase()}`);
    for (const one of tables) await printTable(one);
  }
  await writeLine('\n--html FILE writes this with charts and the SQL behind each of them.');
}

async function printTable({ title, columns, rows }: Table): Promise<void> {
  const heads = columns.map(({ name, unit, kind }) => ({
    name: unit === '' ? name : `${name} ${unit}`,
    align: isNumeric(kind) ? ('right' as const) : ('left' as const),
  }));
  const cells = rows
    .slice(0, rowsShownMax)
    .map((row) => row.map((value, i) => valueText(value, columns[i]?.kind ?? 'text')));
  await writeLine(`\n${title}`);
  await write(table(heads, cells, { cellWidthMax, widthMax }).text);
  if (rows.length > rowsShownMax) await writeLine(`and ${countText(rows.length - rowsShownMax, 'row')} more`);
}
