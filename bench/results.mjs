import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';

const folder = new URL('./results/', import.meta.url);

/** Keeps a bench's figures with where they come from, and prints them. @param {string} name @param {object} figures */
export function keepResult(name, figures) {
  const result = {
    commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} x ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}`,
    node: process.version,
    ...figures,
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify(result, null, 2)}\n`);
  console.log(JSON.stringify(result, null, 2));
}

/** @param {readonly number[]} values */
export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** The highest resident set that this process ever had, MiB. Linux only. @param {string} status of /proc/self/status */
export const peakRssMiB = (status) => Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024);
