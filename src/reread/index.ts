export { type Reread, type RereadOptions, rereadJob } from './reread.ts';
