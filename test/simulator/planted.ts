/** Bugs that the simulator must find. */
export type Bug =
  | 'no folder is synced'
  | 'a rename for a link'
  | 'no second look at the watermarks'
  | 'a vacuum without retention'
  | 'the watermarks of another snapshot';

let bug: Bug | undefined;

/** The bug that is planted at this moment. */
export const planted = (): Bug | undefined => bug;

export function plant(one: Bug | undefined): void {
  bug = one;
}
