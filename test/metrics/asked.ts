import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

const folder = new URL('../../dashboards/', import.meta.url);

/** A query of a rule or a panel, and where it stands. */
export interface Asked {
  readonly place: string;
  readonly expr: string;
}

export interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly datasource?: { readonly uid: string };
  readonly targets?: readonly {
    readonly refId: string;
    readonly expr: string;
    readonly datasource: { readonly uid: string };
  }[];
}

export interface Dashboard {
  readonly id: null;
  readonly uid: string;
  readonly title: string;
  readonly schemaVersion: number;
  readonly panels: readonly Panel[];
  readonly templating: {
    readonly list: readonly {
      readonly name: string;
      readonly type: string;
      readonly query: string | { readonly query: string };
    }[];
  };
}

interface RuleFile {
  readonly groups: readonly {
    readonly name: string;
    readonly rules: readonly { readonly record?: string; readonly alert?: string; readonly expr: string }[];
  }[];
}

export const readYaml = (path: string): unknown => parse(readFileSync(new URL(path, folder), 'utf8'));

export const rules = (readYaml('prometheus/rules.yml') as RuleFile).groups.flatMap((group) => group.rules);

export const dashboards: readonly Dashboard[] = readdirSync(new URL('grafana/dashboards/', folder)).map(
  (name) => JSON.parse(readFileSync(new URL(`grafana/dashboards/${name}`, folder), 'utf8')) as Dashboard,
);

/** Every query of the rules, the panels and the choices above them. */
export const asked: readonly Asked[] = [
  ...rules.map(({ record, alert, expr }) => ({ place: record ?? alert ?? '', expr })),
  ...dashboards.flatMap(({ uid, panels, templating }) => [
    ...panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ place: `${uid}: ${title}`, expr }))),
    ...templating.list.flatMap(({ name, query }) =>
      typeof query === 'string' ? [] : [{ place: `${uid}: $${name}`, expr: query.query }],
    ),
  ]),
];

/** The metrics that a query names, without the suffixes of a histogram. */
export function metricsIn(expr: string): readonly string[] {
  const withoutTexts = expr.replace(/"[^"]*"/g, '""');
  return [...withoutTexts.matchAll(/(?<![\w:])(?:[a-z]+:)?siltstone[\w:]*/g)].map(([name]) => name);
}

/** The labels that a query names. */
export function labelsIn(expr: string): readonly string[] {
  const selectors = [...expr.matchAll(/\{([^}]*)\}/g)].flatMap(([, inside = '']) => [
    ...inside.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g),
  ]);
  const groups = [...expr.matchAll(/\bby\s*\(([^)]*)\)/g)].flatMap(([, inside = '']) => [...inside.matchAll(/(\w+)/g)]);
  const asked = [...expr.matchAll(/label_values\(.*,\s*(\w+)\)$/g)];
  return [...selectors, ...groups, ...asked].map(([, name = '']) => name);
}
