import { lineOf, visit } from '../syntax.ts';
import type { Rule } from '../tree.ts';

export const fileLinesMax = 300;
export const functionLinesMax = 70;

/** We aim at 200 lines; this is where a file has more than one idea in it. */
export const filesAreShort: Rule = ({ text }) => {
  const lines = text.trimEnd().split('\n').length;
  return lines <= fileLinesMax ? [] : [`${lines} lines; ${fileLinesMax} at most`];
};

/** We aim at 40 lines; this is where a function no longer fits a screen. */
export const functionsAreShort: Rule = (file) => {
  const found: string[] = [];
  const measure = ({ start, end }: { readonly start: number; readonly end: number }) => {
    const first = lineOf(file, start);
    const lines = lineOf(file, end) - first + 1;
    if (lines > functionLinesMax)
      found.push(`the function at line ${first} has ${lines} lines; ${functionLinesMax} at most`);
  };
  visit(file, { FunctionDeclaration: measure, FunctionExpression: measure, ArrowFunctionExpression: measure });
  return found;
};
