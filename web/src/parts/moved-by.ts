/** Where a key leads; undefined for keys that lead nowhere. */
export function movedBy(key: string, active: number, rowCount: number, pageRows: number): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: pageRows,
    PageUp: -pageRows,
    Home: -rowCount,
    End: rowCount,
  };
  const step = Object.hasOwn(steps, key) ? steps[key] : undefined;
  if (step === undefined || rowCount === 0) return undefined;
  return Math.max(0, Math.min(rowCount - 1, active + step));
}
