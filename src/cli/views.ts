import type { Command } from 'commander';
import { SiltstoneError } from '../errors.ts';
import { type ViewFile, viewColumns, viewFiles } from '../query/index.ts';
import { addCommand, type CommonOptions } from './command.ts';
import { didYouMean } from './nearest.ts';
import { write, writeJson, writeLine } from './output.ts';
import { objectTable } from './result-table.ts';

interface ViewsOptions extends CommonOptions {
  readonly json?: boolean;
}

export function addViews(program: Command): void {
  addCommand(program, {
    name: 'views',
    summary: 'lists the views, or shows one: what a row is, its columns, its SQL',
    examples: [
      ['siltstone views', 'every view, with what a row of it is'],
      ['siltstone views job_metrics', 'its columns with their types, and its SQL'],
    ],
  })
    .argument('[name]', 'a view')
    .option('--json', 'gives JSON')
    .action(views);
}

async function views(name: string | undefined, { json }: ViewsOptions): Promise<void> {
  if (name !== undefined) return showView(viewOf(name), json);
  const list = viewFiles().map((view) => ({ view: view.name, 'one row per': rowOf(view) }));
  if (json) await writeJson(viewFiles().map(({ name: view, grain }) => ({ view, grain })));
  else await write(objectTable(list));
}

/** Of the grain, what a row stands for. */
const rowOf = ({ grain }: ViewFile): string => grain.replace(/^One row per /, '').replace(/[.:] .*|\.$/, '');

/** @throws SiltstoneError `bad_usage` */
export function viewOf(name: string): ViewFile {
  const all = viewFiles();
  const view = all.find((one) => one.name === name);
  if (view !== undefined) return view;
  const near = didYouMean(
    name,
    all.map((one) => one.name),
  );
  throw new SiltstoneError('bad_usage', `there is no view ${name}.${near} \`siltstone views\` lists all`);
}

async function showView({ name, grain, sql }: ViewFile, json = false): Promise<void> {
  const columns = await viewColumns(name);
  if (json) return writeJson({ view: name, grain, columns, sql });
  await write(
    `${name}: ${grain}\n\n${objectTable(columns.map((column) => ({ column: column.name, type: column.type })))}`,
  );
  await writeLine(`\n${sql.trimEnd()}`);
}
