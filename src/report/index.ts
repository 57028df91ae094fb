export { jobReport } from './job/report.ts';
export { lakeReport } from './lake-report.ts';
export { pageOf } from './page.ts';
export type { Fact, Report, Section, Table } from './parts.ts';
export { isNumeric, valueText } from './value-text.ts';
