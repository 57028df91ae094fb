import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { SiltstoneError } from '../errors.ts';
import { openLocalStorage } from '../lake/index.ts';
import { clickHouseViews, localLake, promotedViewsOf, type ViewFile, viewColumns, viewFiles } from '../query/index.ts';
import { addCommand, type CommonOptions, settingsOf } from './command.ts';
import { didYouMean } from './nearest.ts';
import { say, write, writeJson, writeLine } from './output.ts';
import { objectTable } from './result-table.ts';
import { countText } from './text.ts';
import { engineOption, urlOption, withClickHouse, withUrl } from './with-clickhouse.ts';

interface ViewsOptions extends CommonOptions {
  readonly json?: boolean;
  readonly engine: 'duckdb' | 'clickhouse';
  readonly table?: string;
  readonly create?: boolean;
  readonly url?: string;
}

export function addViews(program: Command): void {
  addCommand(program, {
    name: 'views',
    summary: 'lists the views, or shows one: what a row is, its columns, its SQL',
    details:
      'Kinds that siltstone.json of the warehouse promotes have views of their own. ' +
      'With --engine clickhouse it prints the SQL that makes the views in a ClickHouse database, or with --create makes ' +
      'them there. They stand over the lake where --table says that it is, and are made anew when siltstone is.',
    examples: [
      ['siltstone views', 'every view, with what a row of it is'],
      ['siltstone views job_metrics', 'its columns with their types, and its SQL'],
      [
        `siltstone views --engine clickhouse --table "deltaLake('s3://bucket/warehouse/events')" > views.sql`,
        'a script for clickhouse-client',
      ],
      ['siltstone views --engine clickhouse --create --url http://db:8123/siltstone', 'the views, made on a server'],
    ],
  })
    .argument('[name]', 'a view')
    .option('--json', 'gives JSON')
    .addOption(engineOption())
    .option('--table <table>', 'ClickHouse’s table function for the lake (default: deltaLakeLocal of --warehouse)')
    .option('--create', 'makes the views on the server')
    .addOption(urlOption())
    .action(views);
}

async function views(name: string | undefined, options: ViewsOptions): Promise<void> {
  const { json, engine, table, create } = options;
  if (engine === 'clickhouse') return viewsOfClickHouse(name, options);
  if (table !== undefined || create === true || options.url !== undefined)
    throw new SiltstoneError('bad_usage', '--table, --create and --url go with --engine clickhouse');
  const { warehouse } = settingsOf(options);
  if (name !== undefined) return showView(await viewOf(name, warehouse), json);
  const all = await viewsOf(warehouse);
  const list = all.map((view) => ({ view: view.name, 'one row per': rowOf(view) }));
  if (json) await writeJson(all.map(({ name: view, grain }) => ({ view, grain })));
  else await write(objectTable(list));
}

async function viewsOfClickHouse(name: string | undefined, options: ViewsOptions): Promise<void> {
  const settings = settingsOf(withUrl(options));
  const all = clickHouseViews(options.table ?? localLake(join(resolve(settings.warehouse), 'events')));
  const chosen = name === undefined ? all : [named(all, name)];
  if (options.create) {
    await withClickHouse(settings, async ({ run }) => {
      for (const { sql } of chosen) await run(sql);
    });
    say(`${countText(chosen.length, 'view')} made`);
  } else if (options.json) {
    await writeJson(chosen.map(({ name: view, grain, sql }) => ({ view, grain, sql })));
  } else {
    await write(chosen.map(({ sql }) => sql).join('\n'));
  }
}

/** Of the grain, what a row stands for. */
const rowOf = ({ grain }: ViewFile): string => grain.replace(/^One row per /, '').replace(/[.:] .*|\.$/, '');

/** Our views, and those of the kinds that the warehouse's settings file promotes. */
async function viewsOf(warehouse: string): Promise<readonly ViewFile[]> {
  return [...viewFiles(), ...(await promotedViewsOf(openLocalStorage(warehouse)))];
}

/** @throws SiltstoneError `bad_usage` */
export async function viewOf(name: string, warehouse: string): Promise<ViewFile> {
  return named(await viewsOf(warehouse), name);
}

function named(all: readonly ViewFile[], name: string): ViewFile {
  const view = all.find((one) => one.name === name);
  if (view !== undefined) return view;
  const near = didYouMean(
    name,
    all.map((one) => one.name),
  );
  throw new SiltstoneError('bad_usage', `there is no view ${name}.${near} \`siltstone views\` lists all`);
}

async function showView(view: ViewFile, json = false): Promise<void> {
  const { name, grain, sql } = view;
  const columns = await viewColumns(view);
  if (json) return writeJson({ view: name, grain, columns, sql });
  await write(
    `${name}: ${grain}\n\n${objectTable(columns.map((column) => ({ column: column.name, type: column.type })))}`,
  );
  await writeLine(`\n${sql.trimEnd()}`);
}
