import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { makeExposition } from '../../src/metrics/exposition.ts';
import { countedFamilies } from '../../src/metrics/families.ts';
import { stateFamilies } from '../../src/metrics/state.ts';
import { asked, dashboards, labelsIn, metricsIn, type Panel, readYaml, rules } from './asked.ts';

const { text } = await makeExposition(() => undefined)('all', '');
const told = new Map([...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type = '']) => [name, type]));
const recorded = new Set(rules.flatMap(({ record }) => record ?? []));
const families = new Map([...countedFamilies, ...stateFamilies].map((family) => [family.name, family.labels]));

/** The family that a name of a query is of, if it is told or recorded. */
function familyOf(name: string): string | undefined {
  if (told.has(name) || recorded.has(name)) return name;
  const base = name.replace(/_(bucket|sum|count)$/, '');
  return told.get(base) === 'histogram' ? base : undefined;
}

const unknownMetrics = asked.flatMap(({ place, expr }) =>
  metricsIn(expr).flatMap((name) => (familyOf(name) === undefined ? [`${place}: ${name}`] : [])),
);

const unknownLabels = asked.flatMap(({ place, expr }) => {
  const known = new Set([...metricsIn(expr).flatMap((name) => families.get(familyOf(name) ?? '') ?? []), 'le', 'job']);
  return labelsIn(expr).flatMap((label) => (known.has(label) ? [] : [`${place}: ${label}`]));
});

test('every query of the rules and dashboards names metrics that are told, by labels that they have', () => {
  expect(asked.length).toBeGreaterThan(50);
  expect(unknownMetrics).toEqual([]);
  expect(unknownLabels).toEqual([]);
  expect(asked.filter(({ expr }) => metricsIn(expr).length === 0).map(({ place }) => place)).toEqual(['SiltstoneDown']);
});

test('a name or a label that nobody tells is found', () => {
  expect(metricsIn('sum by (x) (rate(siltstone_nothing_total{a="siltstone_b"}[5m]))')).toEqual([
    'siltstone_nothing_total',
  ]);
  expect(familyOf('siltstone_nothing_total')).toBeUndefined();
  expect(familyOf('siltstone_jobs_total_bucket')).toBeUndefined();
  expect(labelsIn('sum by (x, le) (a{b="c",d=~"$e"}) / label_values(f, g)')).toEqual(['b', 'd', 'x', 'le', 'g']);
});

test('the dashboards are what their script writes', () => {
  const script = fileURLToPath(new URL('../../dashboards/generate.mjs', import.meta.url));

  expect(execFileSync(process.execPath, [script, '--check'], { encoding: 'utf8' })).toBe('');
});

const overlap = (a: Panel['gridPos'], b: Panel['gridPos']): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

test.each(dashboards)(
  'the dashboard $uid has the form that Grafana provisions',
  ({ id, schemaVersion, panels, templating }) => {
    const variables = templating.list.map(({ name }) => name);
    const queries = JSON.stringify([panels, templating]);
    const pairs = panels.flatMap((a, i) => panels.slice(i + 1).map((b) => [a, b] as const));

    expect([id, schemaVersion]).toEqual([null, 39]);
    expect(new Set(panels.map((panel) => panel.id)).size).toBe(panels.length);
    expect(pairs.filter(([a, b]) => overlap(a.gridPos, b.gridPos)).map(([a, b]) => [a.title, b.title])).toEqual([]);
    expect(panels.filter(({ gridPos }) => gridPos.x + gridPos.w > 24)).toEqual([]);
    expect(templating.list[0]).toMatchObject({ name: 'datasource', type: 'datasource' });
    const sources = panels.flatMap(({ datasource, targets = [] }) => [
      datasource,
      ...targets.map((one) => one.datasource),
    ]);
    expect(new Set(sources.flatMap((source) => source?.uid ?? []))).toEqual(new Set(['${datasource}']));
    expect(
      [...queries.matchAll(/\$\{?(\w+)/g)].map(([, name = '']) => name).filter((name) => !name.startsWith('__')),
    ).toEqual(expect.arrayContaining(variables));
  },
);

test('what is provisioned and composed is where it is looked for', () => {
  const compose = parse(readFileSync(new URL('../../docker-compose.yml', import.meta.url), 'utf8'));
  const mounts: string[] = Object.values<{ volumes?: string[] }>(compose.services).flatMap(
    ({ volumes = [] }) => volumes,
  );
  const files = mounts.flatMap((mount) => /^\.\/(dashboards\/[^:]+)/.exec(mount)?.[1] ?? []);

  expect(Object.keys(compose.services)).toEqual(['siltstone', 'prometheus', 'grafana']);
  expect(files.filter((file) => !existsSync(new URL(`../../${file}`, import.meta.url)))).toEqual([]);
  expect(mounts).toContain('./dashboards/grafana/dashboards:/var/lib/grafana/dashboards:ro');
  expect(readYaml('grafana/provisioning/dashboards/siltstone.yml')).toMatchObject({
    apiVersion: 1,
    providers: [{ type: 'file', options: { path: '/var/lib/grafana/dashboards' } }],
  });
  expect(readYaml('grafana/provisioning/datasources/prometheus.yml')).toMatchObject({
    apiVersion: 1,
    datasources: [{ type: 'prometheus', url: 'http://prometheus:9090' }],
  });
});
