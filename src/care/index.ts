export { type Backup, type BackupBench, backup } from './backup.ts';
export { endInterrupted, findInterrupted, type InterruptedJob } from './interrupted.ts';
export {
  type Fix,
  type Hopeless,
  planRepair,
  type Repair,
  type RepairBench,
  type RepairPlan,
  repair,
} from './repair.ts';
