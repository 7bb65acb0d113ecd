import { Metadata, status, type ServiceError } from '@grpc/grpc-js';

/** How the real server says no: a gRPC status, and what went wrong in the trailers. */
export class Failure extends Error implements ServiceError {
  readonly metadata = new Metadata();

  constructor(
    readonly code: status,
    readonly details: string,
    trailers: Readonly<Record<string, string>> = {},
  ) {
    super(details);
    for (const [name, value] of Object.entries(trailers)) this.metadata.set(name, value);
  }
}

export const failures = {
  notLeader: (host: string, port: number) =>
    new Failure(status.NOT_FOUND, `Leader info available`, {
      exception: 'not-leader',
      'leader-endpoint-host': host,
      'leader-endpoint-port': String(port),
    }),
  notReady: () => new Failure(status.UNKNOWN, 'Could not recognize Server Is Not Ready'),
  unavailable: () => new Failure(status.UNAVAILABLE, 'Server Is Too Busy'),
  resetStream: () => new Failure(status.INTERNAL, 'Received RST_STREAM with code 2 (Internal server error)'),
  calmDown: () => new Failure(status.RESOURCE_EXHAUSTED, 'Bandwidth exhausted or memory limit exceeded'),
  cancelled: () => new Failure(status.CANCELLED, 'Call cancelled'),
  accessDenied: () => new Failure(status.UNAUTHENTICATED, 'Bad HTTP status code: 401'),
  tooLarge: (limit: number) =>
    new Failure(status.INVALID_ARGUMENT, `Maximum Append Size of ${limit} Exceeded.`, {
      exception: 'maximum-append-size-exceeded',
      'maximum-append-size': String(limit),
    }),
  invalidPosition: () => new Failure(status.UNKNOWN, 'Unexpected ReadAllResult: InvalidPosition'),
  badId: () => new Failure(status.UNKNOWN, 'Exception was thrown by handler.'),
  unsupported: (what: string) => new Failure(status.UNIMPLEMENTED, `the stand-in has no ${what}`),
};
