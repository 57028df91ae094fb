import { MultiBar } from 'cli-progress';
import { bytesText } from '../units.ts';
import { say } from './output.ts';

/** What is counted. */
export type Unit = 'bytes' | 'frames';

export interface Bar {
  /** `total` may become known, or change, on the way. */
  update(done: number, total?: number): void;
}

/** Progress of long work on stderr. */
export interface Bars {
  bar(name: string, unit: Unit): Bar;
  /** Says something without breaking the bars. */
  log(text: string): void;
  /** Idempotent. */
  close(): void;
}

/** Bars that move on a terminal, a plain line now and then elsewhere. */
export function openBars(): Bars {
  return process.stderr.isTTY ? movingBars() : plainLines();
}

function movingBars(): Bars {
  const bars = new MultiBar({
    format: ' {name}  {bar} {percentage}%  {count}',
    barsize: 30,
    barCompleteChar: '━',
    barIncompleteChar: '·',
    hideCursor: true,
    // Signals are answered in one place.
    gracefulExit: false,
    emptyOnZero: true,
    fps: 8,
  });
  let isClosed = false;
  return {
    bar: (name, unit) => {
      const bar = bars.create(0, 0, { name, count: '' });
      return {
        update: (done, total) => {
          if (total !== undefined) bar.setTotal(total);
          bar.update(done, { count: countOf(done, total, unit) });
        },
      };
    },
    log: (text) => (isClosed ? say(text) : void bars.log(`${text}\n`)),
    close: () => {
      bars.stop();
      isClosed = true;
    },
  };
}

const lineEveryMs = 1000;

/** One line a quarter, and none for what takes no time. */
function plainLines(): Bars {
  return {
    bar: (name, unit) => {
      let toldAt = performance.now();
      let toldQuarter = 0;
      return {
        update: (done, total) => {
          const quarter = total ? Math.floor((4 * done) / total) : 0;
          if (quarter <= toldQuarter || performance.now() - toldAt < lineEveryMs) return;
          say(`${name}: ${quarter * 25}%, ${countOf(done, total, unit)}`);
          toldAt = performance.now();
          toldQuarter = quarter;
        },
      };
    },
    log: say,
    close: () => {},
  };
}

function countOf(done: number, total: number | undefined, unit: Unit): string {
  if (unit === 'bytes') return total === undefined ? bytesText(done) : `${bytesText(done)} of ${bytesText(total)}`;
  return total === undefined ? `frame ${done}` : `frame ${done} of ${total}`;
}
