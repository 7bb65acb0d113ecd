import type { EventLog, Position, RecordedEvent } from '#kontor/event-store';
import { eventLine } from './event-line.js';

/** Which part of the log is wanted. */
export interface LinesAsked {
  readonly after: Position;
  /** The last position that counts: the end of the log when it was asked for. */
  readonly until: Position;
  readonly stream?: string | undefined;
  readonly limit: number;
  /** Only what is of this branch. */
  readonly branchId?: string | undefined;
  readonly signal: AbortSignal;
}

const CHUNK = 64 * 1024;

/**
 * Newline-delimited JSON in chunks of about 64 KiB. Constant memory: the log is read as fast as the chunks are taken. The
 * signal ends it at the end of a line; whoever reads goes on after the last position they have.
 */
export async function* eventLines(log: EventLog, asked: LinesAsked): AsyncGenerator<string, void> {
  let chunk = '';
  let left = asked.limit;
  for await (const event of eventsOf(log, asked)) {
    if (event.position > asked.until || asked.signal.aborted) break;
    if (event.position <= asked.after || !isOfBranch(event, asked.branchId)) continue;
    chunk += `${eventLine(event)}\n`;
    left -= 1;
    if (chunk.length >= CHUNK) {
      yield chunk;
      chunk = '';
    }
    if (left === 0) break;
  }
  if (chunk) yield chunk;
}

const eventsOf = (log: EventLog, { after, stream }: LinesAsked): AsyncIterable<RecordedEvent> =>
  stream === undefined ? log.readAll({ after }) : log.readStream(stream);

/** The branch whose matter it is; where the event names none, that of who acted. */
function isOfBranch({ data, metadata }: RecordedEvent, branchId: string | undefined): boolean {
  if (branchId === undefined) return true;
  const { branchId: concerned } = JSON.parse(data) as { branchId?: string };
  if (concerned !== undefined) return concerned === branchId;
  return (JSON.parse(metadata) as { actor: { branchId?: string } }).actor.branchId === branchId;
}
