import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { type Attempt, type Provider, providerNames } from './device.ts';
import { driverFacts } from './driver-facts.ts';
import { type ProbeModel, probeDevices, probeNow } from './probe.ts';

export interface KnownModel extends ProbeModel {
  readonly sha256: string;
  /** Of its plugin. */
  readonly id: string;
}

/** Probes of this machine: what was found is believed for a while, by this process and by those after it. */
export interface Probes {
  probe(provider: Provider, options?: { readonly model?: KnownModel; readonly signal?: AbortSignal }): Promise<Attempt>;
}

const entrySchema = z.object({
  provider: z.enum(providerNames),
  /** Of the plugin whose model was run; absent for the smallest model. */
  plugin: z.string().optional(),
  sha256: z.string().optional(),
  facts: z.string(),
  foundAt: z.iso.datetime(),
  ok: z.boolean(),
  nodes: z.record(z.string(), z.number()).optional(),
  reason: z.string().optional(),
  output: z.string().optional(),
});

/** What a probe found, with what it holds for. */
export type KnownProbe = z.infer<typeof entrySchema>;

const hourMs = 3_600_000;
/** Drivers that change show in the facts; this is for what does not show. */
const successHoldsMs = 7 * 24 * hourMs;
/** A GPU may have been full, or its driver on its way. */
const failureHoldsMs = hourMs / 6;
const entriesMax = 200;

/** Where what was found is kept: the user's cache folder for `auto`, nowhere for `off`. */
export function probeCachePath(setting: string): string | undefined {
  if (setting === 'off') return undefined;
  if (setting !== 'auto') return setting;
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  const folder = XDG_CACHE_HOME || LOCALAPPDATA || join(homedir(), '.cache');
  return join(folder, 'siltstone', 'probes.json');
}

/** Every probe that still holds on this machine as it is now. What cannot be read is as good as absent. */
export async function knownProbes(path: string | undefined, now: number = Date.now()): Promise<readonly KnownProbe[]> {
  if (path === undefined) return [];
  const facts = driverFacts();
  return (await readEntries(path)).filter((entry) => {
    const age = now - Date.parse(entry.foundAt);
    return entry.facts === facts && age >= 0 && age < (entry.ok ? successHoldsMs : failureHoldsMs);
  });
}

/** @param isFresh probes even what is known, and keeps what it finds */
export async function openProbes(
  path: string | undefined,
  { isFresh = false, now = Date.now }: { readonly isFresh?: boolean; readonly now?: () => number } = {},
): Promise<Probes> {
  const known = isFresh ? [] : await knownProbes(path, now());
  return {
    async probe(provider, { model, signal } = {}) {
      const found = known.find((one) => one.provider === provider && holdsFor(one, model));
      if (found !== undefined) return attemptOf(found);
      const attempt = await probeNow(provider, { ...(model && { model }), ...(signal && { signal }) });
      // A probe that was cut short says nothing of the machine.
      if (path !== undefined && !signal?.aborted) await keep(path, entryOf(attempt, model, new Date(now())));
      return attempt;
    },
  };
}

/**
 * Every provider of this platform, tried now; jobs believe what was found.
 * @param isFresh false: what still holds is believed, and only the rest is tried
 */
export async function probeMachine(
  path: string | undefined,
  { isFresh = true }: { readonly isFresh?: boolean } = {},
): Promise<readonly Attempt[]> {
  return probeDevices((await openProbes(path, { isFresh })).probe);
}

/** A provider that cannot run the smallest model runs none. */
const holdsFor = ({ sha256, ok }: KnownProbe, model: KnownModel | undefined): boolean =>
  sha256 === model?.sha256 || (sha256 === undefined && !ok);

function attemptOf({ provider, ok, nodes, reason, output, foundAt }: KnownProbe): Attempt {
  return { provider, ok, ...(nodes && { nodes }), ...(reason && { reason }), ...(output && { output }), foundAt };
}

function entryOf(attempt: Attempt, model: KnownModel | undefined, at: Date): KnownProbe {
  const { provider, ok, nodes, reason, output } = attempt;
  const foundAt = at.toISOString();
  return {
    provider,
    ok,
    nodes,
    reason,
    output,
    foundAt,
    facts: driverFacts(),
    plugin: model?.id,
    sha256: model?.sha256,
  };
}

/** Whole or not at all. Of two that keep something at once one may lose its find, which costs one probe more. */
async function keep(path: string, entry: KnownProbe): Promise<void> {
  const isSame = (one: KnownProbe) => one.provider === entry.provider && one.sha256 === entry.sha256;
  const others = (await readEntries(path)).filter((one) => !isSame(one));
  const partPath = `${path}.${randomUUID()}.part`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(partPath, `${JSON.stringify([entry, ...others].slice(0, entriesMax), null, 1)}\n`, { mode: 0o600 });
    await rename(partPath, path);
  } catch {
    // A home that cannot be written to costs a probe each time, and is no reason for a job to fail.
    await rm(partPath, { force: true }).catch(() => undefined);
  }
}

async function readEntries(path: string): Promise<readonly KnownProbe[]> {
  try {
    return z.array(entrySchema).parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    // Not there yet, or of another version: what it said is found again.
    return [];
  }
}
