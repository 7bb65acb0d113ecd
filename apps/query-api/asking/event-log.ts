import { LogUnavailable } from '#kontor/event-store';
import { Problem } from '#kontor/service';

/** The token by which the event log is injected. */
export const EVENT_LOG = Symbol('event log');

/** Makes a problem of a log that can't be reached. */
export async function unavailableUnless<Result>(reached: Promise<Result>): Promise<Result> {
  try {
    return await reached;
  } catch (failure) {
    if (failure instanceof LogUnavailable) throw Problem.unavailable('The event log does not answer.');
    throw failure;
  }
}
