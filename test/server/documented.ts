import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Serving } from './serving.ts';

interface Operation {
  readonly 'x-scope': string;
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, object>> }>>;
}

export interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** `GET /v1/jobs/{id}` of every route with its scope. */
export const operationsOf = ({ paths }: OpenApi) =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      scope: operation['x-scope'],
    })),
  );

/** A request, and the status that it is answered with. */
export type Case = readonly [operation: string, path: string, status: number, options?: RequestInit];

/** What is answered, a line each: the status, and what of it is not as the document says. One after another, or all at once. */
export async function outcomes(
  { ask }: Serving,
  document: OpenApi,
  cases: readonly Case[],
  { isTogether = false } = {},
): Promise<readonly string[]> {
  const judge = judgeOf(document);
  const outcomeOf = async ([operation, path, , options]: Case) => {
    const answer = await ask(path, options);
    return `${operation} at ${path}: ${answer.status} ${await judge(operation, answer)}`;
  };
  if (isTogether) return Promise.all(cases.map(outcomeOf));
  const lines: string[] = [];
  for (const one of cases) lines.push(await outcomeOf(one));
  return lines;
}

export const expected = (cases: readonly Case[]): readonly string[] =>
  cases.map(([operation, path, status]) => `${operation} at ${path}: ${status} `);

/** Says what of an answer is not as the document says; nothing where all is. */
function judgeOf(document: OpenApi): (operation: string, answer: Response) => Promise<string> {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema(document, 'api');
  const escaped = (part: string) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
  return async (operation, answer) => {
    const [method = '', path = ''] = operation.split(' ');
    const said = document.paths[path]?.[method.toLowerCase()]?.responses[answer.status];
    const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
    if (said === undefined)
      return `${operation} does not say that it may answer ${answer.status}: ${await answer.text()}`;
    if (said.content === undefined) return (await answer.text()) === '' ? '' : 'the answer should be empty';
    if (!Object.keys(said.content).some((known) => covers(known, type))) return `${type} is not said of ${operation}`;
    if (type !== 'application/json') return '';
    const parts = ['paths', path, method.toLowerCase(), 'responses', answer.status, 'content', type, 'schema'];
    const validate = ajv.compile({ $ref: `api#/${parts.map((part) => escaped(String(part))).join('/')}` });
    return validate(await answer.json()) ? '' : ajv.errorsText(validate.errors);
  };
}

const covers = (known: string, type: string) =>
  known.split(';')[0] === type || (known.endsWith('/*') && type.startsWith(known.slice(0, -1)));
