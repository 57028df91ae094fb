import { onTestFinished } from 'vitest';
import type { Serving } from './serving.ts';

export interface Told {
  readonly id: string | undefined;
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface EventSource {
  readonly response: Response;
  /** The next message for which this holds; what comes before it is passed over. */
  until(holds: (told: Told) => boolean): Promise<Told>;
  /** All that came so far. */
  readonly told: readonly Told[];
  close(): void;
}

/** Reads server-sent events as a browser does. */
export async function eventSource({ ask }: Serving, query = '', lastId?: string): Promise<EventSource> {
  const leaving = new AbortController();
  onTestFinished(() => leaving.abort());
  const headers: Record<string, string> = lastId === undefined ? {} : { 'last-event-id': lastId };
  const response = await ask(`/v1/stream${query}`, { signal: leaving.signal, headers });
  const told: Told[] = [];
  let wake = (): void => undefined;
  void read(response, (one) => {
    told.push(one);
    wake();
  });
  let at = 0;
  return {
    response,
    told,
    close: () => leaving.abort(),
    until: async (holds) => {
      for (;;) {
        for (; at < told.length; at += 1) {
          const one = told[at];
          if (one !== undefined && holds(one)) {
            at += 1;
            return one;
          }
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

async function read(response: Response, take: (told: Told) => void): Promise<void> {
  let text = '';
  try {
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString();
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) if (block.includes('data: ')) take(messageOf(block));
    }
  } catch {
    // The test has left.
  }
}

function messageOf(block: string): Told {
  const fields = new Map(block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2) as [string, string]));
  return { id: fields.get('id'), event: fields.get('event') ?? '', data: JSON.parse(fields.get('data') ?? '') };
}
