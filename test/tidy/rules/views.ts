import { basename } from 'node:path';
import type { Rule } from '../tree.ts';

const isView = (path: string) => /^sql\/(views|clickhouse)\/.*\.sql$/.test(path);

/** The number gives the order in which the views are made. */
export const viewsAreNumbered: Rule = ({ path }) =>
  isView(path) && !/^\d+[-_][a-z][a-z0-9_-]*\.sql$/.test(basename(path))
    ? ['the name does not begin with a number']
    : [];

/** What a row stands for is the first thing a reader of a view must know. */
export const viewsSayTheirGrain: Rule = ({ path, text }) => {
  const head = /^(--[^\n]*\n)+/.exec(text)?.[0] ?? '';
  return isView(path) && !/one row per/i.test(head) ? ['the comment on top does not say "one row per …"'] : [];
};

const keywords =
  /\b(SELECT|FROM|WHERE|WITH|CREATE|REPLACE|VIEW|MACRO|JOIN|LEFT|INNER|ON|USING|GROUP|ORDER|BY|HAVING|UNION|ALL|DISTINCT|CASE|WHEN|THEN|ELSE|END|AND|OR|NOT|NULL|OVER|PARTITION|LIMIT|AS)\b/;

/** Keywords are lower case; types and quoted words may be anything. */
export const viewsAreLowerCase: Rule = ({ path, text }) => {
  const code = text.replace(/--[^\n]*|'[^']*'|"[^"]*"/g, ' ');
  const keyword = keywords.exec(code)?.[0];
  return isView(path) && keyword !== undefined ? [`${keyword} in capitals`] : [];
};
