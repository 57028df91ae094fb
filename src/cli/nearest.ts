/** ` Did you mean …?` for a name that is not there, where one that is comes near; else nothing. */
export function didYouMean(name: string, names: readonly string[]): string {
  const distances = names.map((one) => ({ one, distance: editDistance(name.toLowerCase(), one.toLowerCase()) }));
  const [best] = distances.sort((a, b) => a.distance - b.distance);
  if (best === undefined || best.distance > Math.max(2, name.length / 3)) return '';
  return ` Did you mean ${best.one}?`;
}

/** Levenshtein: the letters to add, leave out or change on the way from one text to the other. */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...a].entries()) {
    const row = [i + 1];
    for (let j = 0; j < b.length; j += 1) {
      const changed = (above[j] ?? 0) + (letter === b[j] ? 0 : 1);
      row.push(Math.min(changed, (above[j + 1] ?? 0) + 1, (row[j] ?? 0) + 1));
    }
    above = row;
  }
  return above[b.length] ?? a.length;
}
