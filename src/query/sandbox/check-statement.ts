import { type Engine, literal } from '../../engine.ts';
import { SiltstoneError } from '../../errors.ts';
import { readSql } from '../sql-files.ts';

/**
 * Lets one SELECT over the views through, judged by DuckDB's own parse of it: what is not on a list here is refused, so that
 * a form of SQL that nobody thought of is refused too. Nothing is bound or folded before this says yes.
 * @throws SiltstoneError `query_refused`, or `engine_failed` for what does not parse
 */
export async function checkStatement(engine: Engine, sql: string, views: readonly string[]): Promise<void> {
  if (sql.includes('\0')) throw refused('it holds a NUL character');
  const [row] = await engine.rows(`select json_serialize_sql(${literal(sql)}, ${slim}) as parsed`);
  const parsed = readParsed(String(row?.parsed));
  if (parsed.error) throw parseError(parsed);
  if (parsed.statements?.length !== 1) throw refused(`it has ${parsed.statements?.length ?? 0} statements`);
  const [statement] = parsed.statements;
  const relations = new Set([...views.map((name) => name.toLowerCase()), ...queryNamesIn(statement)]);
  for (const node of nodesIn(statement)) checkNode(node, relations);
}

const slim = 'skip_null := true, skip_empty := true, skip_default := true';

interface Parsed {
  readonly error: boolean;
  readonly error_type?: string;
  readonly error_message?: string;
  readonly statements?: readonly unknown[];
}

type Node = Readonly<Record<string, unknown>>;

/** An object of the parse, and the field of its parent that it stands in. */
interface Place {
  readonly node: Node;
  readonly under: string;
}

function readParsed(text: string): Parsed {
  try {
    return JSON.parse(text) as Parsed;
  } catch {
    // A number such as 1e400 is written as an infinity, which is no JSON.
    throw refused('it holds a number that no column holds');
  }
}

function parseError({ error_type, error_message = 'it does not parse' }: Parsed): SiltstoneError {
  if (error_type === 'not implemented') return refused('it is no SELECT');
  return new SiltstoneError('engine_failed', error_message);
}

/** Every object within, without recursion: a statement may be nested deeply. */
function* nodesIn(root: unknown): Generator<Place> {
  const left: { readonly value: unknown; readonly under: string }[] = [{ value: root, under: '' }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { value, under } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (Array.isArray(value)) {
      for (const one of value) left.push({ value: one, under });
      continue;
    }
    yield { node: value as Node, under };
    for (const [name, inner] of Object.entries(value)) left.push({ value: inner, under: name });
  }
}

/** Names that `with` gives. One that looks like a path would be taken for a file where it is out of scope. */
function queryNamesIn(statement: unknown): readonly string[] {
  return [...nodesIn(statement)]
    .filter(({ node, under }) => under === 'map' && typeof node.key === 'string' && isRecord(node.value))
    .map(({ node }) => String(node.key).toLowerCase())
    .filter((name) => /^[\p{L}\p{N}_ ]+$/u.test(name));
}

const isRecord = (value: unknown): boolean => typeof value === 'object' && value !== null;

function checkNode({ node, under }: Place, relations: ReadonlySet<string>): void {
  if (node.at_clause !== undefined) throw refused('AT is not for views: ask with a version');
  if (node.function_name !== undefined) checkFunction(node, under === 'function');
  if (node.type === 'BASE_TABLE') checkRelation(node, relations);
  if (node.type === 'SHOW_REF') checkShown(node);
  if (node.class !== undefined && !expressionClasses.has(String(node.class))) {
    throw refused(`it holds an expression of the class ${String(node.class)}`);
  }
  if (node.class === undefined && typeof node.type === 'string' && !isKnownType(node.type)) {
    throw refused(`it holds a part of the type ${node.type}`);
  }
}

function checkFunction({ function_name, schema, catalog }: Node, isTable: boolean): void {
  const name = String(function_name);
  const isAllowed = isTable ? tableFunctions.has(name) : scalarFunctions.has(name);
  // `a.upper()` parses as a function of the schema a: the engine tells it from a real one.
  if (!isAllowed) throw refused(`the function ${name.slice(0, 64)} may not be called from outside`);
  if (catalog !== undefined && schema === undefined) throw refused(`${name} is named with a catalog`);
}

function checkRelation({ table_name, schema_name, catalog_name }: Node, relations: ReadonlySet<string>): void {
  const name = String(table_name);
  const isOurs = [undefined, 'main'].includes(schema_name as string) && catalog_name === undefined;
  if (!isOurs || !relations.has(name.toLowerCase())) {
    const full = [catalog_name, schema_name, name].filter((part) => part !== undefined).join('.');
    throw refused(`there is no view ${full.slice(0, 64)}`);
  }
}

/** DESCRIBE and SUMMARIZE of a query; what else SHOW lists is the engine's own. */
function checkShown({ query, show_type }: Node): void {
  if (query === undefined || !['DESCRIBE', 'SUMMARY'].includes(String(show_type))) {
    throw refused('SHOW tells of the engine; DESCRIBE tells of a view');
  }
}

const refused = (why: string): SiltstoneError =>
  new SiltstoneError('query_refused', `the statement is refused: ${why}`);

const words = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '');

const namesIn = (file: string): ReadonlySet<string> => new Set(words(readSql(file).replaceAll(/^#.*$/gm, '')));

const tableFunctions = namesIn('sandbox/table_functions.txt');
const scalarFunctions = namesIn('sandbox/functions.txt');

const expressionClasses: ReadonlySet<string> = new Set(
  words(`BETWEEN CASE CAST COLLATE COLUMN_REF COMPARISON CONJUNCTION CONSTANT FUNCTION LAMBDA LAMBDA_REF OPERATOR PARAMETER
    POSITIONAL_REFERENCE STAR SUBQUERY WINDOW`),
);

const partTypes: ReadonlySet<string> = new Set(
  words(`SELECT_NODE SET_OPERATION_NODE RECURSIVE_CTE_NODE CTE_NODE
    BASE_TABLE EMPTY EXPRESSION_LIST JOIN PIVOT SHOW_REF SUBQUERY TABLE_FUNCTION
    DISTINCT_MODIFIER LIMIT_MODIFIER LIMIT_PERCENT_MODIFIER ORDER_MODIFIER
    ASCENDING DESCENDING ORDER_DEFAULT`),
);

/** The types of values and casts have names of their own, behind which nothing is run. */
const isKnownType = (type: string): boolean => partTypes.has(type) || /^[A-Z]+_TYPE_INFO$/.test(type);
