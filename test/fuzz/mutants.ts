import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A mutation of one file of a lake, and what came of it. */
export interface Mutant {
  readonly i: number;
  readonly sort: 'entry' | 'checkpoint' | 'hint' | 'data';
  readonly file: string;
  readonly done: string;
  /** `same`, `other`, the code of an error, or the name and message of one without; `crash` or `hang` of the process. */
  readonly alone: string;
  /** The same for every event through a reader, and for `verify`: looked at for some. */
  readonly whole?: string;
  readonly verified?: string;
  /** Of a data file with other rows: whether its recorded checksum tells. */
  readonly isTold?: boolean;
}

/** A lake, where a copy of it may lie, and what the mutations follow from. */
export interface Lake {
  readonly warehouse: string;
  readonly copy: string;
  readonly seed: number;
}

const script = fileURLToPath(new URL('mutant-process.mjs', import.meta.url));
const silenceMs = 60_000;

/** Runs mutations `from` to `to`, in processes of their own: the next goes on behind the mutation that ended one. */
export async function mutantsOf({ warehouse, copy, seed }: Lake, from: number, to: number): Promise<readonly Mutant[]> {
  const found: Mutant[] = [];
  for (let next = from; next < to; ) {
    const { mutants, last, end } = await runFrom([warehouse, copy, ...[seed, next, to].map(String)]);
    found.push(...mutants);
    if (end === 'done') break;
    if (last === undefined) throw new Error(`the process ended with ${end} before its first mutation`);
    found.push({ ...last, alone: end });
    next = last.i + 1;
  }
  return found;
}

interface Run {
  readonly mutants: readonly Mutant[];
  /** Begun and not ended. */
  readonly last: Mutant | undefined;
  readonly end: 'done' | 'crash' | 'hang';
}

function runFrom(given: readonly string[]): Promise<Run> {
  const child = spawn(process.execPath, [script, ...given], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  let isHung = false;
  const onSilence = (): void => {
    isHung = true;
    child.kill('SIGKILL');
  };
  let timer = setTimeout(onSilence, silenceMs);
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    clearTimeout(timer);
    timer = setTimeout(onSilence, silenceMs);
  });
  return new Promise((resolve) => {
    child.on('close', (code) => {
      clearTimeout(timer);
      const lines = output
        .split('\n')
        .filter((line) => line.endsWith('}'))
        .map((line) => JSON.parse(line) as Mutant);
      const mutants = lines.filter(({ alone }) => alone !== undefined);
      const last = lines.at(-1);
      const end = isHung ? 'hang' : code === 0 ? 'done' : 'crash';
      resolve({ mutants, last: last?.alone === undefined ? last : undefined, end });
    });
  });
}
