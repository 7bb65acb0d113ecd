/** The token by which the event log is injected. */
export const EVENT_LOG = Symbol('event log');
