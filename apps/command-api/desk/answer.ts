import { decodeEvent, type DomainEvent, type ProblemCode } from '#kontor/contracts';
import type { RecordedEvent } from '#kontor/event-store';
import { problemDocument, type ProblemDocument } from '#kontor/service';
import { problems } from './problems.js';

/** What became of a command: a single call makes a response of it, a stream a line. */
export interface Answer {
  readonly status: number;
  readonly body: ProblemDocument | Readonly<Record<string, string | number>>;
  readonly replayed?: boolean;
  /** The aggregate's revision, for the ETag. */
  readonly revision?: number;
  /** Path of what was created, on the query API. */
  readonly created?: string;
  readonly retryAfterSeconds?: number;
}

/** Where an event stands in the log. */
export interface Place {
  readonly revision: number;
  readonly position: bigint;
}

export const accepted = (
  ids: Readonly<Record<string, string>>,
  { revision, position }: Place,
  created?: string,
): Answer => ({
  status: created === undefined ? 200 : 201,
  body: { ...ids, revision, position: String(position) },
  revision,
  ...(created !== undefined && { created }),
});

/** The answer for what went wrong, by its code's row in the table. */
export function problemAnswer(
  code: ProblemCode,
  figures: Readonly<Record<string, unknown>> = {},
  detail?: string,
): Answer {
  const { status, detail: standard } = problems[code];
  return {
    status,
    body: problemDocument(status, code, detail ?? standard, figures),
    ...((status === 503 || status === 429) && { retryAfterSeconds: 1 }),
  };
}

/** The first answer again, from the event in which the command ended then. */
export function replayOf(
  earlier: RecordedEvent,
  digest: string,
  ids: Readonly<Record<string, string>>,
  created?: string,
): Answer {
  const event: DomainEvent & { metadata: { commandDigest: string } } = decodeEvent(earlier);
  if (event.metadata.commandDigest !== digest) return problemAnswer('idempotency-key-reused');
  const first =
    event.type === 'CommandRefused'
      ? problemAnswer(event.data.code as ProblemCode, event.data.figures)
      : accepted(ids, earlier, created);
  return { ...first, replayed: true };
}
