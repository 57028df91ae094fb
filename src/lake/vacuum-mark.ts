import type { Txn } from './actions.ts';
import type { Snapshot } from './snapshot.ts';

const appId = 'siltstone-vacuum';

const markOf = ({ txns }: Snapshot): number => txns.get(appId)?.version ?? 0;

/**
 * Whether a vacuum began between two snapshots: then it may remove a file that was published in between and that no
 * commit names yet, and whoever did so must begin anew. See docs/decisions/0005-maintenance.md.
 */
export const isVacuumedSince = (earlier: Snapshot, later: Snapshot): boolean => markOf(earlier) !== markOf(later);

/** The action by which a vacuum says that it begins. */
export function vacuumMark(snapshot: Snapshot): { readonly txn: Txn } {
  return { txn: { appId, version: markOf(snapshot) + 1, lastUpdated: Date.now() } };
}
