import { type ParseResult, parseSync, Visitor, type VisitorObject } from 'oxc-parser';
import type { SourceFile } from './tree.ts';

export interface Import {
  readonly from: string;
  /** The names taken, `*` for all of them, each as the exporting module calls it. */
  readonly names: readonly string[];
}

const parsed = new WeakMap<SourceFile, ParseResult>();

/** Each file is parsed once, since every rule looks at every file. */
function parse(file: SourceFile): ParseResult {
  const known = parsed.get(file);
  if (known !== undefined) return known;
  const result = parseSync(file.path, file.text);
  const [error] = result.errors;
  if (error !== undefined) throw new Error(`${file.path}: ${error.message}`);
  parsed.set(file, result);
  return result;
}

export const isScript = ({ path }: SourceFile) => /\.(tsx?|mjs|js)$/.test(path);

export function visit(file: SourceFile, visitor: VisitorObject): void {
  new Visitor(visitor).visit(parse(file).program);
}

export const lineOf = ({ text }: SourceFile, offset: number) => text.slice(0, offset).split('\n').length;

/** Everything that a file loads by a name that stands in it: import, export from, import() and require(). */
export function importsOf(file: SourceFile): readonly Import[] {
  const { staticImports, staticExports } = parse(file).module;
  const imported = staticImports.map(({ moduleRequest, entries }) => ({
    from: moduleRequest.value,
    names: entries.map(({ importName }) => importName.name ?? '*'),
  }));
  const exported = staticExports
    .flatMap(({ entries }) => entries)
    .flatMap(({ moduleRequest, importName }) =>
      moduleRequest == null ? [] : [{ from: moduleRequest.value, names: [importName.name ?? '*'] }],
    );
  return [...imported, ...exported, ...loadedByCall(file)];
}

function loadedByCall(file: SourceFile): readonly Import[] {
  const found: Import[] = [];
  const take = (source: unknown) => {
    if (typeof source === 'string') found.push({ from: source, names: ['*'] });
  };
  visit(file, {
    ImportExpression: ({ source }) => source.type === 'Literal' && take(source.value),
    TSImportType: ({ source }) => take(source.value),
    CallExpression: ({ callee, arguments: [first] }) =>
      callee.type === 'Identifier' && callee.name === 'require' && first?.type === 'Literal' && take(first.value),
  });
  return found;
}
