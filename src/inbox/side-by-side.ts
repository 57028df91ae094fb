/** Each of these may hold two files open: a process may have few to spare, and the disk is kept busy by these. */
const sideBySideMax = 16;

/** `Promise.all` over an action that opens files, a few at a time. On the first failure no further one begins. */
export async function sideBySide<T, R>(
  items: readonly T[],
  action: (item: T, i: number) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  const left = items.entries();
  let isFailed = false;
  const worker = async (): Promise<void> => {
    for (const [i, item] of left) {
      if (isFailed) return;
      results[i] = await action(item, i);
    }
  };
  const settled = await Promise.allSettled(
    Array.from({ length: sideBySideMax }, () =>
      worker().catch((error: unknown) => {
        isFailed = true;
        throw error;
      }),
    ),
  );
  const failed = settled.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  return results;
}
