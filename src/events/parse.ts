import type { z } from 'zod';
import { type Envelope, envelope, tsYearMax, tsYearMin } from './envelope.ts';
import { isKind, kinds } from './kinds.ts';

/** An event that was checked, with every field it came with: unknown ones and nulls are left as they are. */
export type CheckedEvent = Envelope & Readonly<Record<string, unknown>>;

export type EventCheck =
  | { readonly ok: true; readonly event: CheckedEvent }
  | { readonly ok: false; readonly reason: string };

/**
 * Checks a parsed line by the envelope and its kind. A kind that is not in the contract needs the envelope only.
 * `reason` names the kind, each field and what is wrong with it: `plugin.run: duration_ms: expected number, received string`.
 */
export function checkEvent(value: unknown): EventCheck {
  const event = kindOf(value);
  const issues = [...issuesOf(envelope, value), ...(isKind(event) ? issuesOf(kinds[event], value) : [])];
  if (issues.length > 0) return { ok: false, reason: `${event === '' ? '' : `${event}: `}${issues.join('; ')}` };
  return { ok: true, event: value as CheckedEvent };
}

/** The event's name where it is a legal one: what is not may be anything, of any length. */
function kindOf(value: unknown): string {
  if (typeof value !== 'object' || value === null || !('event' in value)) return '';
  const event = envelope.shape.event.safeParse(value.event);
  return event.success ? event.data : '';
}

function issuesOf(schema: z.ZodObject, value: unknown): readonly string[] {
  try {
    const issues = schema.safeParse(value, { error: missing }).error?.issues ?? [];
    if (issues.length > 0 || schema !== envelope) return issues.map(inWords);
    return yearIssues((value as Envelope).ts);
  } catch (error) {
    // The one way for a check to throw: JSON nested so deeply that the stack of the check is spent.
    if (error instanceof RangeError) return ['nested too deeply'];
    throw error;
  }
}

const missing = (issue: { readonly input: unknown }) => (issue.input === undefined ? 'is missing' : undefined);

function inWords(issue: z.core.$ZodIssue): string {
  const message = issue.message.replace(/^Invalid (input|option|string): /, '');
  return [...issue.path.map(String), message].join(': ');
}

function yearIssues(ts: string): readonly string[] {
  const year = new Date(ts).getUTCFullYear();
  return year >= tsYearMin && year <= tsYearMax ? [] : [`ts: the year must be within ${tsYearMin} to ${tsYearMax}`];
}
