/** Panels of Grafana from their title, unit and queries; a query is its PromQL and the legend of its series. */

const datasource = { type: 'prometheus', uid: '${datasource}' };
/** Okabe and Ito: told apart by everybody, in print too. */
const colours = ['#0072B2', '#E69F00', '#009E73', '#D55E00', '#56B4E9', '#CC79A7', '#F0E442', '#999999'];
const widthMax = 24;

const targetsOf = (queries, more = {}) =>
  queries.map(([expr, legendFormat], i) => ({
    refId: String.fromCharCode(65 + i),
    datasource,
    expr,
    legendFormat: legendFormat === '' ? '__auto' : legendFormat,
    editorMode: 'code',
    range: true,
    ...more,
  }));

const panel = (type, size, title, unit, queries, { defaults = {}, options = {}, target = {} } = {}) => ({
  size,
  body: {
    type,
    title,
    datasource,
    targets: targetsOf(queries, target),
    fieldConfig: { defaults: { unit, min: 0, ...defaults }, overrides: [] },
    options,
  },
});

const graph = (title, unit, queries, custom) =>
  panel('timeseries', { w: 12, h: 8 }, title, unit, queries, {
    defaults: {
      color: { mode: 'palette-classic-by-name' },
      custom: { lineWidth: 2, showPoints: 'never', spanNulls: false, fillOpacity: 0, ...custom },
    },
    options: {
      legend: { displayMode: 'list', placement: 'bottom', showLegend: true },
      tooltip: { mode: 'multi', sort: 'desc' },
    },
  });

export const lines = (title, unit, queries) => graph(title, unit, queries, {});

/** Counts of each step, one upon the other. */
export const bars = (title, unit, queries) =>
  graph(title, unit, queries, {
    drawStyle: 'bars',
    lineWidth: 0,
    fillOpacity: 80,
    stacking: { mode: 'normal', group: 'A' },
  });

/** Parts of a whole over time. */
export const states = (title, unit, queries) =>
  graph(title, unit, queries, { lineWidth: 1, fillOpacity: 60, stacking: { mode: 'normal', group: 'A' } });

/** One number now, in a colour of its own from a bound on. */
export const stat = (title, unit, queries, { warnAt, alarmAt, none = 'none' } = {}) => {
  const steps = [
    { color: colours[0], value: null },
    ...(warnAt === undefined ? [] : [{ color: colours[1], value: warnAt }]),
    ...(alarmAt === undefined ? [] : [{ color: colours[3], value: alarmAt }]),
  ];
  return panel('stat', { w: 4, h: 4 }, title, unit, queries, {
    defaults: { color: { mode: 'thresholds' }, noValue: none, thresholds: { mode: 'absolute', steps } },
    options: {
      colorMode: 'value',
      graphMode: 'none',
      reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
    },
    target: { instant: true, range: false },
  });
};

export const heatmap = (title, unit, queries) =>
  panel('heatmap', { w: 12, h: 8 }, title, unit, queries, {
    options: {
      calculate: false,
      cellGap: 1,
      color: { mode: 'scheme', scheme: 'Oranges', steps: 64 },
      yAxis: { unit, axisPlacement: 'left' },
      legend: { show: true },
      tooltip: { mode: 'single', yHistogram: false },
    },
    target: { format: 'heatmap' },
  });

/** The newest value of each series with its labels, a row each. */
export const table = (title, unit, queries) =>
  panel('table', { w: 12, h: 8 }, title, unit, queries, {
    options: { showHeader: true, cellHeight: 'sm' },
    target: { instant: true, range: false, format: 'table' },
  });

/** A heading over what follows. */
export const row = (title) => ({
  size: { w: widthMax, h: 1 },
  body: { type: 'row', title, collapsed: false, panels: [] },
});

/** A choice above the dashboard: all, or some values of a label. */
export const variable = (name, query) => ({
  name,
  label: name,
  type: 'query',
  datasource,
  query: { query, refId: name },
  definition: query,
  refresh: 2,
  sort: 1,
  multi: true,
  includeAll: true,
  allValue: '.*',
  current: { text: ['All'], value: ['$__all'] },
});

const sourceChoice = {
  name: 'datasource',
  label: 'data source',
  type: 'datasource',
  query: 'prometheus',
  current: {},
  hide: 0,
};

/** A dashboard as a file of Grafana's provisioning: no id, an uid that stays, panels in rows from left to right. */
export function dashboard(uid, title, variables, panels) {
  return {
    id: null,
    uid,
    title,
    tags: ['siltstone'],
    schemaVersion: 39,
    version: 1,
    editable: true,
    graphTooltip: 1,
    timezone: 'browser',
    refresh: '30s',
    time: { from: 'now-6h', to: 'now' },
    annotations: { list: [] },
    links: [
      {
        title: 'siltstone',
        type: 'dashboards',
        tags: ['siltstone'],
        asDropdown: false,
        includeVars: true,
        keepTime: true,
      },
    ],
    templating: { list: [sourceChoice, ...variables] },
    panels: placed(panels),
  };
}

function placed(panels) {
  let [x, y, height] = [0, 0, 0];
  return panels.map(({ size: { w, h }, body }, i) => {
    if (x + w > widthMax) [x, y, height] = [0, y + height, 0];
    const gridPos = { x, y, w, h };
    [x, height] = [x + w, Math.max(height, h)];
    return { id: i + 1, gridPos, ...body };
  });
}
