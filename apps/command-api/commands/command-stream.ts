import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Draining, MAX_BODY_BYTES, parseJson, Problem, problemOf, Routes, type Fault } from '#kontor/service';
import { problemAnswer, type Answer } from '../desk/answer.js';
import { requirePrincipal, timeFaults, type Call } from '../desk/call.js';
import { Capacity } from '../desk/capacity.js';
import { AnswerQueue, STREAM_LIMITS, type StreamLimits } from './answer-queue.js';
import { catalogueOf, type Catalogue, type CatalogueEntry } from './catalogue.js';
import { LineOrder, type Named } from './line-order.js';
import { linesOf, TOO_LONG } from './lines.js';

/** Who sends a stream; each line brings the rest of its call. */
export interface Sender {
  readonly call: Pick<Call, 'actor' | 'traceparent'>;
  /** When their token expires, in milliseconds since 1970. */
  readonly until: number;
}

/** A line that was checked by its command's schema. */
interface CommandLine extends Pick<Call, 'idempotencyKey' | 'onBehalfOf' | 'ifMatch'> {
  readonly command: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Lines that name the same one of these take effect in line order. */
const NAMES = ['customerId', 'orderId', 'creditNoteId', 'stockRequestId', 'planId'] as const;

/** How long what a client still sends after the last answer is thrown away, so that it gets to read that answer. */
const LINGER_MS = 500;

/** Takes commands line by line and answers them line by line, while they come, in constant memory. */
@Injectable()
export class CommandStream implements OnModuleInit {
  private readonly logger = new Logger(CommandStream.name);
  /** All streams together; single calls have room of their own. */
  private readonly capacity = new Capacity();
  private catalogue: Catalogue = new Map();

  constructor(
    private readonly commands: CommandBus,
    private readonly routes: Routes,
    private readonly draining: Draining,
    @Inject(STREAM_LIMITS) private readonly limits: StreamLimits,
  ) {}

  onModuleInit(): void {
    this.catalogue = catalogueOf(this.routes);
  }

  async serve(source: Readable, response: ServerResponse, sender: Sender): Promise<void> {
    const queue = new AnswerQueue(response, this.limits);
    const lastWord = await this.read(source, queue, sender);
    if (lastWord) queue.add(0, Promise.resolve(textOf(lastWord)));
    await queue.drained();
    if (lastWord) await discardRest(source);
    // Whoever was told that nothing more is read has no further use for the connection, and would hold up the end of the service.
    response.end(() => lastWord && source.destroy());
  }

  /** Reads until the source ends; the answer, if any, says why it was left before its end. */
  private async read(source: Readable, queue: AnswerQueue, sender: Sender): Promise<Answer | undefined> {
    const order = new LineOrder();
    const goingDown = problemAnswer(
      'unavailable',
      {},
      'The service goes down: what has no answer was not looked at.',
    );
    try {
      for await (const line of linesOf(chunksOf(source, this.draining.signal), MAX_BODY_BYTES)) {
        if (this.draining.hasBegun) return goingDown;
        if (Date.now() >= sender.until)
          return problemAnswer(
            'unauthenticated',
            {},
            'The token has expired: what has no answer was not looked at.',
          );
        if (line === TOO_LONG)
          return problemAnswer('payload-too-large', {}, `A line has at most ${MAX_BODY_BYTES} bytes.`);
        if (!(await queue.room(line.length))) return undefined;
        // In line order, so that no line can hold the place that one before it needs.
        await this.capacity.enter();
        const answer = this.answer(line, order, sender).finally(() => this.capacity.leave());
        queue.add(line.length, answer);
      }
      return undefined;
    } catch {
      // The client went away in the middle of a line, or the service is to stop.
      return this.draining.hasBegun ? goingDown : undefined;
    }
  }

  private async answer(line: Buffer, order: LineOrder, sender: Sender): Promise<string> {
    let key: string | undefined;
    try {
      const sent = parseJson(line);
      key = keyOf(sent);
      const { entry, call, body } = this.checked(sent, sender);
      const answer = await order.run(namedIn(body, entry), (turn) =>
        this.commands.execute(entry.make(body, { ...call, turn })),
      );
      return textOf(answer, key);
    } catch (failure) {
      const { document } = problemOf(failure);
      if (document.status === 500) this.logger.error(failure);
      return textOf({ status: document.status, body: document }, key);
    }
  }

  private checked(sent: unknown, sender: Sender) {
    const entry = this.catalogue.get(nameOf(sent));
    if (!entry)
      throw Problem.malformed([
        { path: 'command', message: `must be one of ${[...this.catalogue.keys()].join(', ')}` },
      ]);
    const faults = entry.check(sent);
    if (faults.length > 0) throw Problem.malformed(faults);
    // The check has just said so.
    const { idempotencyKey, onBehalfOf, ifMatch, body } = sent as CommandLine;
    const early = timeFaults(body).map(({ path, message }): Fault => ({ path: `body.${path}`, message }));
    if (early.length > 0) throw Problem.malformed(early);
    const call: Call = {
      ...sender.call,
      idempotencyKey,
      ...(onBehalfOf !== undefined && { onBehalfOf }),
      ...(ifMatch !== undefined && { ifMatch }),
    };
    requirePrincipal(call, 'onBehalfOf');
    return { entry, call, body };
  }
}

const fieldOf = (sent: unknown, field: string): unknown =>
  typeof sent === 'object' && sent !== null ? Reflect.get(sent, field) : undefined;

const nameOf = (sent: unknown): string => String(fieldOf(sent, 'command'));

const keyOf = (sent: unknown): string | undefined => {
  const key = fieldOf(sent, 'idempotencyKey');
  return typeof key === 'string' ? key.slice(0, 200) : undefined;
};

/** Ids tell things of all kinds apart. */
function namedIn(body: CommandLine['body'], { refersTo }: CatalogueEntry): Named {
  const named = NAMES.filter((field) => field in body);
  const idsOf = (fields: readonly string[]) => fields.map((field) => String(body[field]));
  return {
    changed: idsOf(named.filter((field) => !refersTo.includes(field))),
    referredTo: idsOf(named.filter((field) => refersTo.includes(field))),
  };
}

const textOf = ({ status, replayed, body }: Answer, idempotencyKey?: string): string =>
  `${JSON.stringify({ status, idempotencyKey, replayed, body })}\n`;

/** The source's chunks; throws when the signal aborts, whatever the source does. */
async function* chunksOf(source: Readable, signal: AbortSignal): AsyncGenerator<Buffer> {
  const stopped = Promise.withResolvers<never>();
  const stop = () => stopped.reject(new Error('stopped'));
  stopped.promise.catch(() => undefined);
  signal.addEventListener('abort', stop);
  const chunks: AsyncIterator<Buffer> = source.iterator({ destroyOnReturn: false });
  try {
    for (;;) {
      const next = await Promise.race([chunks.next(), stopped.promise]);
      if (next.done) return;
      yield next.value;
    }
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** A connection that is closed over unread bytes is reset, and the client may lose the last answers. */
async function discardRest(source: Readable): Promise<void> {
  if (source.readableEnded || source.destroyed) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, LINGER_MS);
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    source.on('end', done).on('close', done).on('error', done).resume();
  });
}
