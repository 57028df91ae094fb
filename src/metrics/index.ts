export type { Exposed } from './exposition.ts';
export { type Page, pages } from './families.ts';
export { type Metrics, type MetricsOptions, openMetrics } from './metrics.ts';
