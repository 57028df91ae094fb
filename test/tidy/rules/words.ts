import { lineOf, visit } from '../syntax.ts';
import type { Rule, SourceFile } from '../tree.ts';

const bannedText: readonly (readonly [RegExp, string])[] = [
  [/\b(TODO|FIXME|XXX)\b/, 'unfinished work is an issue, not a comment'],
  [/\bfor now\b/i, 'say until when, or leave it out'],
  [/(?<![\w./-])\/(work|root)\/|\/tmp\/probe/, 'a path of one machine'],
  [/\bregistry\.[a-z0-9-]+\.[a-z]{2,}\b|\bnpmjs\b|^\s*"resolved": "http/m, 'a package registry’s host'],
];

/** Words that no file of ours has. The rules and their tests must name them, so this folder is left out. */
export const bannedWordsAreAbsent: Rule = ({ path, text }) =>
  path.startsWith('test/tidy/')
    ? []
    : bannedText.flatMap(([banned, why]) => {
        const found = banned.exec(text);
        return found === null ? [] : [`line ${lineOf({ path, text }, found.index)}: ${found[0].trim()}: ${why}`];
      });

/** A folder's name says what its files are about. */
export const foldersHaveMeaning: Rule = ({ path }) => {
  const folder = path
    .split('/')
    .slice(0, -1)
    .find((name) => /^(utils?|helpers?|common|lib)$/.test(name));
  return folder === undefined ? [] : [`a folder named ${folder} says nothing of what is in it`];
};

export const typesAreKnown: Rule = (file) => {
  const found: string[] = [];
  const at = (start: number, what: string) => found.push(`line ${lineOf(file, start)}: ${what}`);
  visit(file, {
    TSAnyKeyword: ({ start }) => at(start, '`any`: take `unknown` and check it'),
    TSEnumDeclaration: ({ start }) => at(start, '`enum`: take a union of literals'),
  });
  return found;
};

const mayPrint = /^(src\/cli|bench|samples|plugins)\//;

/** Results go to stdout by the CLI, everything else is an event or a log line. */
export const onlyTheCliPrints: Rule = (file) => (mayPrint.test(file.path) ? [] : consoleLines(file));

function consoleLines(file: SourceFile): readonly string[] {
  const found: string[] = [];
  visit(file, {
    MemberExpression: ({ object, start }) => {
      if (object.type === 'Identifier' && object.name === 'console') found.push(`line ${lineOf(file, start)}: console`);
    },
  });
  return found;
}
