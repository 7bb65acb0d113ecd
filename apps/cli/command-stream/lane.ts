import { Readable } from 'node:stream';
import { request } from 'undici';
import { type AnswerLine, type CommandLine, isTransient } from './line.js';

/** Why a stream of commands ended before all of its lines were answered; the same lines may be sent again. */
export class StreamBroken extends Error {
  override readonly name = 'StreamBroken';
}

/** The API will not take this stream, now or later. */
export class StreamRejected extends Error {
  override readonly name = 'StreamRejected';
}

export interface Lane {
  readonly url: string;
  readonly token: string;
  /** In the order in which they take effect. */
  readonly lines: readonly CommandLine[];
  /** Resolves when the line may be sent, counted from 0; false while it may not be. */
  readonly maySend: (index: number) => boolean;
  /** Resolves when `maySend` may have become true. */
  readonly windowMoved: () => Promise<void>;
  /** Called with each final answer, in order. */
  readonly answered: (index: number, answer: AnswerLine) => void;
}

/** Text that goes out as one chunk; larger chunks save no time, smaller ones cost it. */
const CHUNK_CHARACTERS = 64 * 1024;

/**
 * Sends the lane's lines from `first` on through one request, reading answers while writing. Resolves when all are answered. On an answer
 * that asks for another try, and on a lost connection, it throws `StreamBroken`: everything after the last final
 * answer has to be sent again, so that later lines never overtake an earlier one.
 */
export async function sendOnce(lane: Lane, first: number, signal: AbortSignal): Promise<void> {
  const ended = new AbortController();
  const response = await request(`${lane.url}/v1/commands`, {
    method: 'POST',
    headers: { authorization: `Bearer ${lane.token}`, 'content-type': 'application/x-ndjson' },
    body: Readable.from(chunks(lane, first, ended.signal), {
      objectMode: false,
      highWaterMark: CHUNK_CHARACTERS,
    }),
    signal,
    headersTimeout: 30_000,
    bodyTimeout: 30_000,
  }).catch((failure: unknown) => {
    signal.throwIfAborted();
    throw new StreamBroken(describe(failure));
  });

  let next = first;
  try {
    if (response.statusCode !== 200) throw await rejection(response.statusCode, await response.body.text());
    for await (const text of linesOf(response.body)) {
      const answer = JSON.parse(text) as AnswerLine;
      if (isTransient(answer))
        throw new StreamBroken(`${answer.status} ${String(answer.body['detail'] ?? '')}`);
      if (answer.idempotencyKey !== lane.lines[next]?.idempotencyKey)
        throw new StreamRejected(`the API ended the stream: ${text}`);
      lane.answered(next++, answer);
    }
  } catch (failure) {
    signal.throwIfAborted();
    throw failure instanceof StreamRejected ? failure : new StreamBroken(describe(failure));
  } finally {
    ended.abort();
    response.body.destroy();
  }
  if (next < lane.lines.length) throw new StreamBroken('the connection was closed before all answers came');
}

async function* chunks(lane: Lane, first: number, signal: AbortSignal): AsyncGenerator<string> {
  let next = first;
  while (next < lane.lines.length && !signal.aborted) {
    let chunk = '';
    while (chunk.length < CHUNK_CHARACTERS && next < lane.lines.length && lane.maySend(next))
      chunk += `${JSON.stringify(lane.lines[next++])}\n`;
    if (chunk) yield chunk;
    else await lane.windowMoved();
  }
}

async function* linesOf(body: Readable): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of body.setEncoding('utf8')) {
    const lines = `${rest}${String(chunk)}`.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

async function rejection(status: number, text: string): Promise<Error> {
  const said = `${status} ${text.slice(0, 500)}`;
  return status === 429 || status >= 500
    ? new StreamBroken(said)
    : new StreamRejected(`the API refused: ${said}`);
}

const describe = (failure: unknown): string => (failure instanceof Error ? failure.message : String(failure));
