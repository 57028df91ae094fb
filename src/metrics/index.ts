export type { Exposed } from './exposition.ts';
export { countedFamilies, type Page, pages } from './families.ts';
export { type Metrics, type MetricsOptions, openMetrics } from './metrics.ts';
export { stateFamilies } from './state.ts';
