/** `1 file`, `2,000 files`. */
export function countText(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}

const sentenceLengthMax = 90;

/** Native errors begin with where in the source they were raised; what happened stands at their end. */
export function lastSentence(reason: string): string {
  const sentence = reason.split(/(?<=[a-z]\.) |: (?=[A-Z])/).at(-1) ?? reason;
  return sentence.length <= sentenceLengthMax ? sentence : `${sentence.slice(0, sentenceLengthMax - 1)}…`;
}

/** A text in lines of at most so many characters, broken between words. */
export function folded(text: string, widthMax: number): string {
  return text.replaceAll(new RegExp(`(.{1,${widthMax}})(?: +|$)`, 'gm'), '$1\n').trimEnd();
}
