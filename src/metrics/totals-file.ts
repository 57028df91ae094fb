import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { SiltstoneError } from '../errors.ts';
import { type Storage, totalsPath } from '../lake/index.ts';
import { countedFamilies } from './families.ts';
import type { Totals } from './totals.ts';

/** The totals of the lake at one version, and which lake's and which version's they are. */
export interface KeptTotals {
  readonly totals: Totals;
  readonly version: number;
  /** Id of the table. */
  readonly table: string;
  /** Random id of that version's commit: another history of the same length has another. */
  readonly commit: string;
}

const seriesSchema = z.strictObject({
  labels: z.array(z.string()),
  value: z.number(),
  buckets: z.array(z.number()).optional(),
  at: z.number().optional(),
});

const keptSchema = z.strictObject({
  layout: z.string(),
  table: z.string(),
  version: z.int().min(0),
  commit: z.string(),
  families: z.array(z.tuple([z.string(), z.array(z.tuple([z.string(), seriesSchema]))])),
  open: z.array(z.tuple([z.string(), z.strictObject({ plugin: z.string(), status: z.string(), at: z.number() })])),
});

/** What the counts mean: of another release's families nothing can be gone on with. */
const layout = crcOf(JSON.stringify(countedFamilies.map(({ help: _, ...family }) => family)));

/** Undefined where nothing was kept, or nothing that can be read. */
export async function readTotals(storage: Storage): Promise<KeptTotals | undefined> {
  const content = (await storage.read(totalsPath))?.toString('utf8') ?? '';
  const [sum, text = ''] = content.split('\n');
  if (sum !== crcOf(text)) return undefined;
  const { data } = keptSchema.safeParse(JSON.parse(text));
  if (data?.layout !== layout) return undefined;
  const { families, open, version, table, commit } = data;
  const byFamily = new Map(families.map(([name, series]) => [name, new Map(series.map(withoutUndefined))]));
  return { totals: { families: byFamily, open: new Map(open) }, version, table, commit };
}

/** False where the warehouse cannot be written to: then they are counted anew after a restart. */
export async function keepTotals(storage: Storage, { totals, version, table, commit }: KeptTotals): Promise<boolean> {
  const families = [...totals.families].map(([name, series]) => [name, [...series]]);
  const text = JSON.stringify({ layout, table, version, commit, families, open: [...totals.open] });
  try {
    await storage.replace(totalsPath, `${crcOf(text)}\n${text}\n`);
    return true;
  } catch (error) {
    if (error instanceof SiltstoneError && ['disk_full', 'warehouse_not_writable'].includes(error.code)) return false;
    throw error;
  }
}

type Entry = readonly [string, z.infer<typeof seriesSchema>];

function withoutUndefined([key, { labels, value, buckets, at }]: Entry): [string, KeptSeries] {
  return [key, { labels, value, ...(buckets && { buckets }), ...(at !== undefined && { at }) }];
}

type KeptSeries = Totals['families'] extends ReadonlyMap<string, ReadonlyMap<string, infer S>> ? S : never;

function crcOf(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}
