import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Draining, MAX_BODY_BYTES, parseJson, Problem, problemOf, Routes, type Fault } from '#kontor/service';
import { problemAnswer, type Answer } from '../desk/answer.js';
import { requirePrincipal, timeFaults, type Call } from '../desk/call.js';
import { Capacity } from '../desk/capacity.js';
import type { Command } from '../desk/command.js';
import { Lanes } from '../desk/lanes.js';
import { AnswerQueue, STREAM_LIMITS, type StreamLimits } from './answer-queue.js';
import { catalogueOf, type Catalogue } from './catalogue.js';
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
    const lanes = new Lanes();
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
        queue.add(line.length, this.answer(line, lanes, sender));
      }
      return undefined;
    } catch {
      // The client went away in the middle of a line, or the service is to stop.
      return this.draining.hasBegun ? goingDown : undefined;
    }
  }

  private async answer(line: Buffer, lanes: Lanes, sender: Sender): Promise<string> {
    let key: string | undefined;
    try {
      const sent = parseJson(line);
      key = keyOf(sent);
      const { command, body } = this.commandOf(sent, sender);
      const answer = await lanes.run(namesIn(body), () => this.execute(command));
      return textOf(answer, key);
    } catch (failure) {
      const { document } = problemOf(failure);
      if (document.status === 500) this.logger.error(failure);
      return textOf({ status: document.status, body: document }, key);
    }
  }

  private commandOf(sent: unknown, sender: Sender) {
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
    return { command: entry.make(body, call), body };
  }

  private async execute(command: Command): Promise<Answer> {
    await this.capacity.enter();
    try {
      return await this.commands.execute(command);
    } finally {
      this.capacity.leave();
    }
  }
}

const fieldOf = (sent: unknown, field: string): unknown =>
  typeof sent === 'object' && sent !== null ? Reflect.get(sent, field) : undefined;

const nameOf = (sent: unknown): string => String(fieldOf(sent, 'command'));

const keyOf = (sent: unknown): string | undefined => {
  const key = fieldOf(sent, 'idempotencyKey');
  return typeof key === 'string' ? key.slice(0, 200) : undefined;
};

const namesIn = (body: CommandLine['body']): readonly string[] =>
  NAMES.flatMap((name) => (name in body ? [`${name} ${String(body[name])}`] : []));

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
