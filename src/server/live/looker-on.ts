import type { ServerResponse } from 'node:http';
import { gapText, isWanted, type Message, type Wanted } from './message.ts';

/** One connection that looks on. What it does not take in time is left out, and it is told how much. */
export interface LookerOn {
  readonly wanted: Wanted;
  give(message: Message): void;
  /** A text that is sent only where there is room. */
  say(text: string): void;
  /** So many messages were left out for everybody. */
  skip(count: number): void;
  end(): void;
}

/** What may wait for one connection: some seconds of a lively job. */
const waitingBytesMax = 1024 * 1024;

export function lookerOn(response: ServerResponse, wanted: Wanted): LookerOn {
  let droppedCount = 0;
  const hasRoom = (): boolean => response.writableLength < waitingBytesMax;
  const tellGap = (): void => {
    if (droppedCount === 0) return;
    response.write(gapText(droppedCount));
    droppedCount = 0;
  };
  response.on('drain', tellGap);
  return {
    wanted,
    give: (message) => {
      if (!isWanted(message, wanted)) return;
      if (!hasRoom()) {
        droppedCount += 1;
        return;
      }
      tellGap();
      response.write(message.text);
    },
    say: (text) => {
      if (hasRoom()) response.write(text);
    },
    skip: (count) => {
      droppedCount += count;
      if (hasRoom()) tellGap();
    },
    end: () => response.end(),
  };
}
