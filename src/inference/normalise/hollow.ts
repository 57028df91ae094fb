/**
 * Whether a payload is a frame without boxes in whatever dialect: a blank text, a list of nothing, or an object that has
 * lists and nothing in any of them, such as `{"detections": [], "count": 0}`.
 */
export function isHollow(payload: unknown): boolean {
  if (typeof payload === 'string') return payload.trim() === '';
  if (isHollowList(payload)) return true;
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return false;
  const lists = Object.values(payload).filter((value) => typeof value === 'object' && value !== null && hasList(value));
  return lists.length > 0 && lists.every((value) => isHollowList(value) || isHollow(value));
}

/** `[]`, `[[]]`, `[{"boxes": [], "labels": []}]`: nothing in it, however nested. */
function isHollowList(value: unknown): boolean {
  return Array.isArray(value) && value.every((item: unknown) => isHollowList(item) || isHollowRecord(item));
}

/** An item that has lists only: one that says anything of itself is something. */
function isHollowRecord(item: unknown): boolean {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return false;
  const values: readonly unknown[] = Object.values(item);
  return values.length > 0 && values.every(isHollowList);
}

const hasList = (value: object): boolean => Array.isArray(value) || Object.values(value).some(Array.isArray);
