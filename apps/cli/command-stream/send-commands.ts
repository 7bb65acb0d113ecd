import { setTimeout as pause } from 'node:timers/promises';
import { sendOnce, StreamBroken } from './lane.js';
import type { AnswerLine, CommandLine } from './line.js';

/** A command with its lane: lines of a lane take effect in order, those of different lanes at once. */
export interface RoutedCommand {
  readonly lane: string;
  readonly line: CommandLine;
  /** Number of a command of another lane that has to be answered before this one is sent. */
  readonly after?: number;
}

export interface SendOptions {
  readonly url: string;
  /** Lane → bearer token. */
  readonly tokens: ReadonlyMap<string, string>;
  /** Called with every final answer; `index` counts the commands as given. */
  readonly onAnswer: (index: number, answer: AnswerLine) => void;
  /** Told of each try that failed, before the next one. */
  readonly onRetry?: (reason: string) => void;
  readonly signal: AbortSignal;
  /** How long to go on without a single answer. */
  readonly patienceMs?: number;
}

/** Nothing has answered for as long as the caller was patient. What was answered stays done. */
export class ApiSilent extends Error {
  override readonly name = 'ApiSilent';
}

/** No command goes out while one that is this many places before it has no answer: the log stays close to business time. */
const WINDOW = 2_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

/**
 * Sends commands through one stream a lane, all at once, and resolves when each has its final answer. Lost connections and
 * answers that ask for another try are tried again with the same keys, from the last final answer of the lane on.
 */
export async function sendCommands(commands: readonly RoutedCommand[], options: SendOptions): Promise<void> {
  const { url, tokens, onAnswer, onRetry, patienceMs = 60_000 } = options;
  const numbered = commands.map(({ lane, line, after }, index) => ({ lane, line, after, index }));
  const lanes = Map.groupBy(numbered, ({ lane }) => lane);
  const window = new SendWindow(commands.length);
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  let lastAnswerAt = Date.now();

  const sendLane = async (lane: string, own: readonly NumberedCommand[]): Promise<void> => {
    let done = 0;
    let pauseMs = FIRST_PAUSE_MS;
    const lines = own.map(({ line }) => line);
    const maySend = (place: number): boolean => {
      const command = own[place];
      return command !== undefined && window.admits(command.index, command.after);
    };
    while (done < own.length) {
      while (!maySend(done)) await window.moved(signal);
      try {
        await sendOnce(
          {
            url,
            token: tokens.get(lane) ?? '',
            lines,
            maySend,
            windowMoved: () => window.moved(signal),
            answered: (place, answer) => {
              const index = own[place]?.index ?? Infinity;
              done = place + 1;
              pauseMs = FIRST_PAUSE_MS;
              lastAnswerAt = Date.now();
              window.answered(index);
              onAnswer(index, answer);
            },
          },
          done,
          signal,
        );
      } catch (failure) {
        if (!(failure instanceof StreamBroken)) throw failure;
        if (Date.now() - lastAnswerAt > patienceMs) throw new ApiSilent(failure.message);
        onRetry?.(failure.message);
        await pause(pauseMs, undefined, { signal });
        pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
      }
    }
  };

  await Promise.all(
    [...lanes].map(([lane, own]) =>
      sendLane(lane, own).catch((failure: unknown) => {
        failed.abort();
        throw failure;
      }),
    ),
  );
}

interface NumberedCommand {
  readonly index: number;
  readonly line: CommandLine;
  readonly after: number | undefined;
}

/** Which commands are answered, and which may therefore be sent. */
class SendWindow {
  private readonly isAnswered: Uint8Array;
  private firstOpen = 0;
  private wakeUp: NodeJS.Immediate | undefined;
  private waiting = Promise.withResolvers<void>();

  constructor(count: number) {
    this.isAnswered = new Uint8Array(count);
  }

  admits(index: number, after: number | undefined): boolean {
    return index < this.firstOpen + WINDOW && (after === undefined || this.isAnswered[after] === 1);
  }

  answered(index: number): void {
    this.isAnswered[index] = 1;
    while (this.isAnswered[this.firstOpen] === 1) this.firstOpen++;
    if (this.wakeUp) return;
    // Answers come many at a time: whoever waits is woken once for all of them, and sends many lines at a time too.
    this.wakeUp = setImmediate(() => {
      this.wakeUp = undefined;
      this.waiting.resolve();
      this.waiting = Promise.withResolvers<void>();
    });
  }

  /** Resolves at the next answer; rejects when the signal aborts. */
  async moved(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const aborted = Promise.withResolvers<never>();
    const abort = () => aborted.reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    try {
      await Promise.race([this.waiting.promise, aborted.promise]);
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }
}
