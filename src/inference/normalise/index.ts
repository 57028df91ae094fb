import { messageOf } from '../../errors.ts';
import type { Letterbox } from '../letterbox.ts';
import { type Fitting, fittingDialects, fittingText } from './detect.ts';
import type { Dialect } from './dialect.ts';
import * as all from './dialects/all.ts';
import { isHollow } from './hollow.ts';
import { type Normalised, refused } from './normalised.ts';
import { checked } from './reading.ts';

export type { Candidate, Detection } from './candidate.ts';
export { type Fitting, fittingText } from './detect.ts';
export type { Dialect } from './dialect.ts';
export { differs } from './differs.ts';
export { type Issue, type IssueCode, issueTable } from './issues.ts';
export type { Normalised } from './normalised.ts';
export { type RawValues, rawValuesOf } from './raw-values.ts';
export { unitText } from './unit-text.ts';

const byName: ReadonlyMap<string, Dialect> = new Map(
  Object.values(all)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((dialect) => [dialect.name, dialect]),
);

/** Every dialect, by name. */
export const dialects: readonly Dialect[] = [...byName.values()];

export const dialectNames: readonly string[] = [...byName.keys()];

/** In place of a dialect's name: what an output is in is told by what it holds. */
export const undeclared = 'undeclared';

export const dialectOf = (name: string): Dialect | undefined => byName.get(name);

/** One raw output of a model, with all that is needed to read it again later. */
export interface RawOutput {
  readonly dialect: string;
  readonly payload: unknown;
  /** Names of the classes by their number. */
  readonly labels: readonly string[];
  readonly letterbox: Letterbox;
}

/** The only way from raw output to detections. It never throws: what is wrong becomes an issue. */
export function normalise(output: RawOutput): Normalised {
  return output.dialect === undeclared ? normaliseUndeclared(output) : orMalformed(() => readDeclared(output));
}

/** What an output of no declared dialect was read as, and why. */
export interface Recognised extends Normalised {
  /** Every dialect that fits, with what speaks for it. */
  readonly fitting: readonly Fitting[];
}

/** Nothing is guessed: where dialects that fit read a payload differently, that is an issue, and nothing is read. */
export function normaliseUndeclared(output: Omit<RawOutput, 'dialect'>): Recognised {
  return { fitting: [], ...orMalformed(() => readUndeclared(output)) };
}

/** A payload of a module may be any object, such as one whose members throw: the fault is the payload's. */
function orMalformed(read: () => Normalised): Normalised {
  try {
    return read();
  } catch (error) {
    return refused('malformed', `it cannot be read: ${messageOf(error)}`);
  }
}

function readDeclared({ dialect: name, payload, ...given }: RawOutput): Normalised {
  const dialect = byName.get(name);
  if (dialect === undefined) {
    return refused('unknown_dialect', `there is no dialect ${name}; there are: ${dialectNames.join(', ')}`);
  }
  // A list of nothing speaks for no dialect, and is an empty frame of each.
  if (dialect.recognise(payload).length === 0 && !isHollow(payload)) {
    const others = fittingDialects(payload, dialects);
    if (others.length > 0) {
      const looks = others.map(fittingText).join(', ');
      return refused('wrong_dialect', `${name} was declared, and nothing speaks for it; it looks like ${looks}`);
    }
  }
  return checked(dialect, payload, given);
}

function readUndeclared({ payload, ...given }: Omit<RawOutput, 'dialect'>): Recognised {
  const fitting = fittingDialects(payload, dialects);
  const [first, ...others] = fitting;
  if (first === undefined && isHollow(payload)) return { detections: [], candidates: [], issues: [], fitting };
  if (first === undefined) return { ...refused('unknown_dialect', 'no dialect fits: declare one'), fitting };
  const read = ({ dialect }: Fitting) => checked(dialect, payload, given);
  const normalised = read(first);
  if (others.every((other) => sameDetections(read(other), normalised))) {
    return { ...normalised, dialect: first.dialect.name, fitting };
  }
  const message = `${fitting.map(fittingText).join(', ')} fit and read it differently: declare one`;
  return { ...refused('ambiguous_dialect', message), fitting };
}

const sameDetections = (a: Normalised, b: Normalised): boolean =>
  JSON.stringify(a.detections) === JSON.stringify(b.detections);
