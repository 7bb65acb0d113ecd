import { decodeEvent, type LoggedEvent, type StoredEvent } from '#kontor/contracts';

/** An event as a projection's runner has it: decoded once for all projections, or with the reason why it can't be. */
export interface ReadEvent {
  readonly eventId: string;
  readonly type: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: bigint;
  /** Length of its texts: what batches are bounded by, besides their number. */
  readonly size: number;
  readonly decoded: LoggedEvent | Error;
}

export function decoded(stored: StoredEvent): ReadEvent {
  const { eventId, type, stream, revision, position, data, metadata } = stored;
  return {
    eventId,
    type,
    stream,
    revision,
    position,
    size: data.length + metadata.length,
    decoded: decode(stored),
  };
}

function decode(stored: StoredEvent): LoggedEvent | Error {
  try {
    return decodeEvent(stored);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
