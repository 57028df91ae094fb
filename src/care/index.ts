export { type Backup, type BackupBench, backup } from './backup.ts';
