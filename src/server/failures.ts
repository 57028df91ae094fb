import type { Socket } from 'node:net';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { type ErrorCode, errorCodes, SiltstoneError, systemCodeOf } from '../errors.ts';

/** The one shape of every error. */
export const failureSchema = z.strictObject({
  error: z.strictObject({
    code: z.enum(errorCodes as [ErrorCode, ...ErrorCode[]]),
    message: z.string(),
    remedy: z.string().describe('what to do'),
    request_id: z.string().describe('stands in the log, in every event of a job, and in the header x-request-id'),
  }),
});

export type Failure = z.infer<typeof failureSchema>;

/** The status of an error by its code; of all others 500. */
const statuses: { readonly [C in ErrorCode]?: number } = {
  bad_event: 400,
  bad_request: 400,
  bad_setting: 400,
  bad_usage: 400,
  plugin_broken: 400,
  engine_failed: 400,
  query_refused: 400,
  unauthorized: 401,
  forbidden: 403,
  input_refused: 403,
  not_found: 404,
  version_gone: 404,
  method_not_allowed: 405,
  query_timeout: 408,
  request_timeout: 408,
  query_too_large: 413,
  too_large: 413,
  unsupported_type: 415,
  media_unreadable: 415,
  media_unsupported: 415,
  range_refused: 416,
  host_refused: 421,
  queue_full: 429,
  rate_limited: 429,
  closed: 503,
  inbox_too_large: 503,
  shutting_down: 503,
  warehouse_not_writable: 507,
  view_timeout: 504,
  disk_full: 507,
};

export const statusOf = (code: ErrorCode): number => statuses[code] ?? 500;

export function failureOf({ code, message, remedy }: SiltstoneError, requestId: string): Failure {
  return { error: { code, message, remedy, request_id: requestId } };
}

/** fastify's own errors by their codes. */
const codesOfFastify: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_type',
  FST_FILES_LIMIT: 'too_large',
  FST_PARTS_LIMIT: 'too_large',
  FST_FIELDS_LIMIT: 'bad_request',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'bad_request',
  FST_ERR_CTP_INVALID_JSON_BODY: 'bad_request',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'bad_request',
  FST_ERR_CTP_EMPTY_TYPE: 'unsupported_type',
  FST_ERR_BAD_URL: 'bad_request',
  FST_ERR_ROUTE_DUPLICATED_PARAMETER: 'bad_request',
  FST_ERR_MAX_PARAM_LENGTH: 'bad_request',
};

/** Whatever was thrown, as an error of ours. What nobody foresaw is told without its text, which may hold anybody's data. */
export function knownError(thrown: unknown): SiltstoneError {
  if (thrown instanceof SiltstoneError) return thrown;
  const code = codesOfFastify[systemCodeOf(thrown) ?? ''];
  const status = statusIn(thrown);
  if (thrown instanceof Error && code !== undefined)
    return new SiltstoneError(code, sentence(thrown), { cause: thrown });
  if (thrown instanceof Error && status >= 400 && status < 500) {
    return new SiltstoneError('bad_request', sentence(thrown), { cause: thrown });
  }
  return new SiltstoneError('internal', 'something went wrong that should not', { cause: thrown });
}

const statusIn = (thrown: unknown): number =>
  typeof thrown === 'object' && thrown !== null && 'statusCode' in thrown ? Number(thrown.statusCode) : 500;

const sentence = ({ message }: Error): string => message.charAt(0).toLowerCase() + message.slice(1);

/** What is no HTTP, or too slow or too large in its head: nothing of fastify is there yet that could answer. */
export function answerBrokenRequest(thrown: Error, socket: Socket): void {
  const known = brokenRequests[systemCodeOf(thrown) ?? ''] ?? brokenRequest;
  const error = new SiltstoneError(known.code, known.message);
  const body = JSON.stringify(failureOf(error, uuidv7()));
  const head = `HTTP/1.1 ${statusOf(error.code)} ${known.phrase}\r\ncontent-type: application/json\r\nconnection: close\r\n`;
  if (socket.writable) socket.end(`${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  else socket.destroy();
}

interface BrokenRequest {
  readonly code: ErrorCode;
  readonly phrase: string;
  readonly message: string;
}

const brokenRequest: BrokenRequest = { code: 'bad_request', phrase: 'Bad Request', message: 'that is no HTTP request' };

const brokenRequests: Readonly<Record<string, BrokenRequest>> = {
  ERR_HTTP_REQUEST_TIMEOUT: {
    code: 'request_timeout',
    phrase: 'Request Timeout',
    message: 'the request did not come whole in time',
  },
  HPE_HEADER_OVERFLOW: {
    code: 'too_large',
    phrase: 'Payload Too Large',
    message: 'the head of the request has more than 16 KiB, which no setting changes',
  },
};
