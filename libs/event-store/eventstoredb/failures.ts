/**
 * What a failed try means for the next one:
 * - `final`: the same try would fail again;
 * - `again`: the same call with the same ids and the same revision may be tried again;
 * - `timeout`: as well, but twice in a row the connection is held to be dead;
 * - `new-client`: as well, but this client object never recovers.
 */
export type Verdict = 'final' | 'again' | 'timeout' | 'new-client';

/** A try that did not answer in its time. The client's own deadlines don't cover reads. */
export class TryTimedOut extends Error {
  override readonly name = 'TryTimedOut';
}

const transientTypes = new Set(['unavailable', 'not-leader', 'cancelled', 'timeout']);
const grpc = {
  cancelled: 1,
  deadlineExceeded: 4,
  resourceExhausted: 8,
  internal: 13,
  unavailable: 14,
} as const;

/** Judges what the client throws: errors with a `type`, bare gRPC errors with a `code`, and plain errors. */
export function judge(error: unknown): Verdict {
  const { type, code, message } = shapeOf(error);
  if (error instanceof TryTimedOut || type === 'deadline-exceeded' || code === grpc.deadlineExceeded)
    return 'timeout';
  if (message.includes('Failed to discover')) return 'new-client';
  const isTransient =
    transientTypes.has(type) ||
    code === grpc.unavailable ||
    code === grpc.cancelled ||
    // Other internal errors, such as of serialisation, come again.
    (code === grpc.internal && message.includes('RST_STREAM')) ||
    // A server that wants its caller to calm down.
    (code === grpc.resourceExhausted && message.includes('Bandwidth exhausted')) ||
    message.includes('Server Is Not Ready') ||
    message.includes('Channel has been shut down');
  return isTransient ? 'again' : 'final';
}

/** No stream of this name. */
export const isNotFound = (error: unknown): boolean => shapeOf(error).type === 'stream-not-found';

export const isWrongRevision = (error: unknown): boolean => shapeOf(error).type === 'wrong-expected-version';

/** What the server says to a place in `$all` at which no record begins: it has no type of its own. */
export const isUnknown = (error: unknown): boolean => shapeOf(error).type === 'unknown';

function shapeOf(error: unknown): { type: string; code: number; message: string } {
  if (!(error instanceof Error)) return { type: '', code: -1, message: String(error) };
  return {
    type: 'type' in error && typeof error.type === 'string' ? error.type : '',
    code: 'code' in error && typeof error.code === 'number' ? error.code : -1,
    message: error.message,
  };
}
