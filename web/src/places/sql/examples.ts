/** A statement that is worth keeping, by what it answers. */
export interface Example {
  readonly title: string;
  readonly sql: string;
}

const files = import.meta.glob<string>('../../sql/examples/*.sql', { query: '?raw', import: 'default', eager: true });

/** In the order of their files; the head comment of each is its title. */
export const examples: readonly Example[] = Object.entries(files)
  .toSorted(([a], [b]) => a.localeCompare(b))
  .map(([, text]) => {
    const [head = '', ...lines] = text.trim().split('\n');
    return { title: head.replace(/^--\s*/, ''), sql: lines.join('\n') };
  });
