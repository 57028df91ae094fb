import { lineOf, visit } from '../syntax.ts';
import type { Rule } from '../tree.ts';

const aRun = /^\/(.*\/)?run(\/|$|[?#:])/i;

/** A path names a thing, and POST makes one: a job is posted to /v1/jobs. */
export const noPathIsCalledRun: Rule = (file) => {
  if (!file.path.startsWith('src/server/')) return [];
  const found: string[] = [];
  const look = (value: unknown, start: number) => {
    if (typeof value === 'string' && aRun.test(value)) found.push(`line ${lineOf(file, start)}: a path ${value}`);
  };
  visit(file, {
    Literal: ({ value, start }) => look(value, start),
    TemplateElement: ({ value, start }) => look(value.cooked, start),
  });
  return found;
};
