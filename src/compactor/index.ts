export { compact, type Progress } from './compact.ts';
export { type Bench, type Compaction, kindsOf } from './compact-batch.ts';
export { type Merging, merge, mergesDue } from './merge.ts';
export { reserveOf } from './room.ts';
export { type Sweep, sweep } from './sweep.ts';
export { type Upkeep, type UpkeepBench, upkeep, upkeepDue } from './upkeep.ts';
export { type WatchEvents, watch } from './watch.ts';
export { writePartitions } from './write.ts';
