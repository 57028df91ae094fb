import type { Row } from '../../src/engine.ts';

/** What was promised of an event: nothing, or that it survives a crash of its process, or of the machine. */
type Promised = 'nothing' | 'os' | 'fsync';

/** What writers were promised, against which every answer is held. An event is known by its message. */
export interface Ledger {
  /** A new event that is about to be written. */
  begin(): string;
  acknowledge(messages: readonly string[], durability: 'os' | 'fsync'): void;
  /** The machine lost power: what was not synced may be gone. */
  cut(): void;
  /** The events that must be in every answer from now on. */
  promised(): ReadonlySet<string>;
  /** What is wrong with an answer. */
  problems(rows: readonly Row[], promised: ReadonlySet<string>): readonly string[];
}

export function openLedger(): Ledger {
  const events = new Map<string, Promised>();
  return {
    begin: () => {
      const message = `event ${events.size}`;
      events.set(message, 'nothing');
      return message;
    },
    acknowledge: (messages, durability) => {
      for (const message of messages) events.set(message, durability);
    },
    cut: () => {
      for (const [message, promised] of events) if (promised === 'os') events.set(message, 'nothing');
    },
    promised: () => new Set([...events].filter(([, promised]) => promised !== 'nothing').map(([message]) => message)),
    problems: (rows, promised) => {
      const counts = new Map<string, number>();
      for (const { message } of rows) counts.set(String(message), (counts.get(String(message)) ?? 0) + 1);
      const lost = [...promised].filter((message) => !counts.has(message));
      const twice = [...counts].filter(([, count]) => count > 1);
      const unknown = [...counts.keys()].filter((message) => !events.has(message));
      return [
        ...lost.map((message) => `${message} was acknowledged and is not there`),
        ...twice.map(([message, count]) => `${message} is there ${count} times`),
        ...unknown.map((message) => `${message} is there, and nobody wrote it`),
      ];
    },
  };
}
