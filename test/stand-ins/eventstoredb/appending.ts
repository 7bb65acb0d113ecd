import type { ServerReadableStream } from '@grpc/grpc-js';
import type { AppendReq, AppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import { failures } from './failures.js';
import type { Appended, Expected, ProposedRecord } from './log.js';
import * as messages from './messages.js';

export type AppendCall = ServerReadableStream<AppendReq, AppendResp>;

export interface AppendRequest {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: readonly ProposedRecord[];
}

/** The real server's default `MaxAppendSize`. */
export const maxAppendSize = 1024 * 1024;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads a whole append call: its options, then its events. */
export async function receiveAppend(call: AppendCall): Promise<AppendRequest> {
  let stream = '';
  let expected: Expected = 'any';
  const events: ProposedRecord[] = [];
  for await (const message of call as AsyncIterable<AppendReq>) {
    const options = message.getOptions();
    const proposed = message.getProposedMessage();
    if (options) {
      stream = messages.streamOf(options);
      expected = messages.expectedOf(options);
    }
    if (proposed) events.push(messages.proposedOf(proposed));
  }
  // Its end may never come: then it was not all.
  if (call.cancelled) throw failures.cancelled();
  return checked({ stream, expected, events });
}

/** Refuses what the real server refuses before it looks at its log. */
export function checked(request: AppendRequest): AppendRequest {
  if (request.events.some(({ id }) => !uuid.test(id))) throw failures.badId();
  const size = request.events.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 0);
  if (size > maxAppendSize) throw failures.tooLarge(maxAppendSize);
  return request;
}

/**
 * Writes one at a time, and can be told to keep them in flight. An append whose events are in flight already is
 * dropped without a word, as the real server does: its caller runs into the deadline.
 */
export class Writer {
  #held: (() => void)[] | undefined;
  readonly #inFlight = new Set<string>();

  constructor(private readonly append: (request: AppendRequest) => Appended) {}

  write(request: AppendRequest): Promise<Appended> {
    const key = `${request.stream} ${request.events.map(({ id }) => id).join()}`;
    if (this.#inFlight.has(key)) return new Promise(() => undefined);
    if (!this.#held) return Promise.resolve(this.append(request));
    this.#inFlight.add(key);
    return new Promise((resolve) => {
      this.#held?.push(() => {
        this.#inFlight.delete(key);
        resolve(this.append(request));
      });
    });
  }

  hold(): void {
    this.#held ??= [];
  }

  release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const write of held) write();
  }
}
