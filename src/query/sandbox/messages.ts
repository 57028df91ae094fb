import { z } from 'zod';
import type { ErrorCode } from '../../errors.ts';

/** What the server and the processes of the sandbox say to each other. */

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** One statement of anybody. */
export const questionSchema = z.strictObject({
  sql: z.string(),
  /** By number or by name: `?`, `$1` or `$name` in the statement. */
  params: z.union([z.array(scalar), z.record(z.string(), scalar)]).optional(),
  format: z.enum(['json', 'csv', 'ndjson', 'parquet']).default('json'),
  /** The lake at that version, without what was hot then. */
  version: z.int().min(0).optional(),
  /** Gives the plan in place of the rows. */
  explain: z.boolean().default(false),
});

export type Question = z.infer<typeof questionSchema>;

/** What a process of the sandbox is started with. */
export const sandboxLimitsSchema = z.object({
  warehouse: z.string(),
  rowsMax: z.number(),
  bytesMax: z.number(),
  timeoutMs: z.number(),
  memoryBytes: z.number(),
  hotBytesMax: z.number(),
  batchBytes: z.number(),
});

export type SandboxLimits = z.infer<typeof sandboxLimitsSchema>;

const answerSchema = z.object({
  /** In the form that was asked for: for `json` an object with columns, rows and what is below; a plan is always JSON. */
  content: z.instanceof(Uint8Array),
  rowCount: z.number(),
  /** Whether there were more rows than are given. */
  isTruncated: z.boolean(),
  version: z.number(),
});

export type Answer = z.infer<typeof answerSchema>;

/** To a process: a question, or that nobody waits for the answer any more. */
export const orderSchema = z.union([z.object({ question: questionSchema }), z.object({ stop: z.literal(true) })]);
export type Order = z.infer<typeof orderSchema>;

/** From it: that the snapshot is taken in and the statement begins, then how it ended. */
export const reportSchema = z.union([
  z.object({ began: z.literal(true) }),
  z.object({ answer: answerSchema }),
  z.object({ code: z.custom<ErrorCode>(), message: z.string() }),
]);
export type Report = z.infer<typeof reportSchema>;

/** What a process ends itself with when it holds too much memory. */
export const memoryExitCode = 86;
