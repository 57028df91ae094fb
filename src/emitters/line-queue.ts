/** Lines on their way to the disk: text first, then batches of bytes. `nextSeq` is the number of the next line. */
export interface LineQueue {
  text: string;
  textLineCount: number;
  batches: Batch[];
  batchesBytes: number;
  nextSeq: number;
}

/** Whole lines as UTF-8, of which the first `writtenBytes` are in the file already. */
export interface Batch {
  readonly bytes: Buffer;
  readonly lineCount: number;
  writtenBytes: number;
}

const lineFeed = 10;
const seqPattern = /^(\{"event":"[^"]*","job_id":"[^"]*","seq":)\d+/;

export function emptyQueue(): LineQueue {
  return { text: '', textLineCount: 0, batches: [], batchesBytes: 0, nextSeq: 0 };
}

export function addLine(queue: LineQueue, line: string): void {
  queue.text += line;
  queue.textLineCount += 1;
  queue.nextSeq += 1;
}

/** What waits, in bytes; the text, which is at most one buffer's worth, is counted in characters. */
export function waitingBytes(queue: LineQueue): number {
  return queue.batchesBytes + queue.text.length;
}

export function waitingLineCount(queue: LineQueue): number {
  return queue.batches.reduce((count, batch) => count + batch.lineCount, queue.textLineCount);
}

/** Turns the text into a batch. */
export function sealText(queue: LineQueue): void {
  if (queue.textLineCount === 0) return;
  const bytes = Buffer.from(queue.text);
  queue.batches.push({ bytes, lineCount: queue.textLineCount, writtenBytes: 0 });
  queue.batchesBytes += bytes.length;
  queue.text = '';
  queue.textLineCount = 0;
}

/** Takes the first batch off; gives the number of its lines. */
export function takeBatch(queue: LineQueue): number {
  const batch = queue.batches.shift();
  if (batch === undefined) return 0;
  queue.batchesBytes -= batch.bytes.length;
  return batch.lineCount;
}

/** Takes those lines of the first batch off that were written whole, keeps the torn one; gives their number. */
export function takeWholeLines(queue: LineQueue): number {
  const [batch] = queue.batches;
  if (batch === undefined || batch.writtenBytes === 0) return 0;
  const wholeBytes = batch.bytes.lastIndexOf(lineFeed, batch.writtenBytes - 1) + 1;
  const bytes = batch.bytes.subarray(wholeBytes);
  const lineCount = countLines(bytes);
  queue.batches[0] = { bytes, lineCount, writtenBytes: batch.writtenBytes - wholeBytes };
  queue.batchesBytes -= wholeBytes;
  return batch.lineCount - lineCount;
}

/** Numbers what waits for a new stream: the given line is its line 0, the waiting ones follow. */
export function renumber(queue: LineQueue, firstLine: string): void {
  sealText(queue);
  const waiting = Buffer.concat(queue.batches.map(({ bytes }) => bytes)).toString();
  const lines = waiting.split('\n').slice(0, -1);
  const text = lines.map((line, index) => `${line.replace(seqPattern, (_, head) => `${head}${index + 1}`)}\n`).join('');
  Object.assign(queue, { ...emptyQueue(), text: firstLine + text, textLineCount: lines.length + 1 });
  queue.nextSeq = queue.textLineCount;
  sealText(queue);
}

function countLines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(lineFeed); at !== -1; at = bytes.indexOf(lineFeed, at + 1)) count += 1;
  return count;
}
