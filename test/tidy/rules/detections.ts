import { importsOf, lineOf, visit } from '../syntax.ts';
import type { Rule } from '../tree.ts';

/** Where events of this kind are written, and by what they got there: all of it has gone through normalise(). */
const writers = [
  'src/inference/record-output.ts', // what makeOutputReader() made of an output
  'src/cli/normalise.ts', // prints what normalise() gave
  'src/emitters/', // the method itself
  'src/events/', // the contract and its examples
];

/** Who may hand something to record-output.ts. */
const recorders = ['src/inference/pipeline.ts', 'src/reread/reread.ts', 'src/inference/index.ts'];

/** One way leads to a detection, so that every box was checked and every bad value told. */
export const detectionsComeFromNormalise: Rule = (file) => {
  if (!file.path.startsWith('src/') || writers.some((prefix) => file.path.startsWith(prefix))) return [];
  return [...writing(file), ...recording(file)];
};

const writing: Rule = (file) => {
  const found: string[] = [];
  const tell = (start: number) =>
    found.push(`line ${lineOf(file, start)}: writes a detection that did not come from normalise()`);
  visit(file, {
    CallExpression: ({ callee, arguments: [first], start }) => {
      const isMember = callee.type === 'MemberExpression' && callee.property.type === 'Identifier';
      if (!isMember || callee.property.type !== 'Identifier') return;
      const { name } = callee.property;
      const isAppended = /^append(Unknown)?$/.test(name) && first?.type === 'Literal' && first.value === 'detection';
      if (name === 'detection' || isAppended) tell(start);
    },
    Property: ({ key, value, start }) => {
      const isEvent = key.type === 'Identifier' && key.name === 'event';
      if (isEvent && value.type === 'Literal' && value.value === 'detection') tell(start);
    },
  });
  return found;
};

const recording: Rule = (file) => {
  if (recorders.includes(file.path)) return [];
  return importsOf(file)
    .flatMap(({ names }) => names)
    .filter((name) => name === 'recordOutput' || name === 'recordRead')
    .map((name) => `takes ${name}, and is none that may record outputs`);
};
