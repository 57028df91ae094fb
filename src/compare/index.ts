export { type Comparison, compareJobs } from './compare.ts';
export { judge, type Limits } from './judge.ts';
