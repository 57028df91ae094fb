import type { CallExpression, Expression } from 'oxc-parser';
import { importsOf, visit } from '../syntax.ts';
import type { Rule, SourceFile } from '../tree.ts';

/** Who may change files, and which. Everything else that changes the warehouse goes through one of these. */
const writers = [
  'src/lake/storage', // the lake, the inbox's bookkeeping and their folders
  'src/emitters/', // streams
  'src/inference/', // stills and the frames that a job decodes
  'src/query/export', // the file that a user asked for
  'src/server/uploads', // what somebody sent for a job
];

const writing =
  /^(write|writev|writeFile|appendFile|rename|link|symlink|unlink|rm|rmdir|mkdir|mkdtemp|f?truncate|copyFile|cp|createWriteStream)(Sync)?$/;

const isFs = (from: string) => /^(node:)?fs(\/promises)?$/.test(from);

/** Only few files change anything on disk: durability is decided in one place. */
export const onlyFewFilesWrite: Rule = (file) => {
  if (writers.some((prefix) => file.path.startsWith(prefix))) return [];
  const imported = importsOf(file)
    .filter(({ from }) => isFs(from))
    .flatMap(({ names }) => names)
    .filter((name) => writing.test(name));
  return [...imported, ...writingCalls(file)].map(
    (name) => `uses ${name} of node:fs, and is not a file that may write`,
  );
};

/** `fs.rename(…)` by a name that holds the whole module, and `open` for anything but reading. */
function writingCalls(file: SourceFile): readonly string[] {
  const whole = importsOf(file).some(
    ({ from, names }) => isFs(from) && names.some((name) => /^(\*|default|promises)$/.test(name)),
  );
  const opens = importsOf(file).some(
    ({ from, names }) => isFs(from) && names.some((name) => /^open(Sync)?$/.test(name)),
  );
  const found: string[] = [];
  visit(file, {
    CallExpression: (call) => {
      const name = calledName(call.callee);
      if (whole && call.callee.type === 'MemberExpression' && writing.test(name)) found.push(name);
      if ((whole || opens) && /^open(Sync)?$/.test(name) && !opensForReading(call)) found.push(name);
    },
  });
  return found;
}

function calledName(callee: Expression): string {
  if (callee.type === 'Identifier') return callee.name;
  if (callee.type === 'MemberExpression' && callee.property.type === 'Identifier') return callee.property.name;
  return '';
}

function opensForReading({ arguments: [, flags] }: CallExpression): boolean {
  return flags === undefined || (flags.type === 'Literal' && flags.value === 'r');
}
