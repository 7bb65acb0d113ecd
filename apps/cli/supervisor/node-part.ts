import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { getCompileCacheDir } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { request } from 'undici';
import type { Part, RunningPart } from './supervise.js';

export interface NodePartOptions {
  /** As it stands within a sentence: `the command API`. */
  readonly name: string;
  readonly entry: URL;
  readonly environment: Readonly<Record<string, string>>;
  /** Where it can be asked whether it is ready. */
  readonly readyUrl: string;
  readonly logFile: string;
  /** Told of the process id at each start. */
  readonly onStart?: (pid: number) => void;
}

/**
 * Left alone, V8 lets a heap grow by a multiple before it looks for garbage, the more so the more memory the machine has: the same work
 * then takes up to twice the memory and no less time.
 */
const HEAP_OPTIONS = '--max-old-space-size=1024 --max-semi-space-size=32';
/**
 * By default glibc keeps a pool of freed memory for each of V8's threads, from which no other takes, and comes to keep large pieces in
 * them too: buffers of a batch leave gaps there. Bytes.
 */
const MALLOC_OPTIONS = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '131072',
  MALLOC_TRIM_THRESHOLD_: '131072',
};
/** What V8 takes on its command line, and not from NODE_OPTIONS. */
const V8_OPTIONS = [
  // It may come to make at once in old space what it saw survive under load, among it what each call needs for milliseconds: full
  // collections, for which everything under way waits, then come every second or two (ADR 18).
  '--no-allocation-site-pretenuring',
  // A young generation that shrinks whenever there is little to do makes memory seem to grow when there is.
  '--min-semi-space-size=32',
  // Per cent. By itself V8 collects everything again as soon as old objects, with the buffers under way, have grown by a tenth: since they
  // grow slowly it takes that to be cheap. Under load it did so every four seconds (ADR 18).
  '--heap-growing-percent=60',
];
const STARTS_WITHIN_MS = 60_000;
const STOPS_WITHIN_MS = 15_000;
const LAST_LINES = 5;

/** One of our processes, as a part to be kept alive; ready when its readiness path says so. */
export const nodePart = (options: NodePartOptions): Part => ({
  name: options.name,
  async start(signal) {
    const log = createWriteStream(options.logFile, { flags: 'a', mode: 0o600 });
    const child = fork(fileURLToPath(options.entry), [], {
      execArgv: [...V8_OPTIONS, '--import', new URL('./follow-parent.js', import.meta.url).href],
      env: {
        ...MALLOC_OPTIONS,
        ...process.env,
        // Of two the later one counts.
        NODE_OPTIONS: `${HEAP_OPTIONS} ${process.env['NODE_OPTIONS'] ?? ''}`,
        // As the supervisor's own: starting takes less when nothing needs to be compiled.
        NODE_COMPILE_CACHE: getCompileCacheDir() ?? '',
        ...options.environment,
      },
      // A group of its own: Ctrl-C on the terminal reaches the supervisor alone, which stops its parts in order.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const lastWords: string[] = [];
    const listen = (chunk: Buffer) => {
      log.write(chunk);
      lastWords.push(...chunk.toString().trimEnd().split('\n'));
      lastWords.splice(0, lastWords.length - LAST_LINES);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    if (child.pid !== undefined) options.onStart?.(child.pid);

    const exited = Promise.withResolvers<string>();
    child.once('error', (failure) => exited.resolve(failure.message));
    child.once('close', (code, killedBy) => {
      log.end();
      const how = killedBy ? `it was ended by ${killedBy}` : `it ended with code ${code}`;
      exited.resolve(code ? `${how}, saying:\n${lastWords.join('\n')}` : how);
    });
    const running: RunningPart = {
      ended: exited.promise,
      async stop() {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const closed = once(child, 'close');
        child.kill('SIGTERM');
        const tooLong = setTimeout(() => child.kill('SIGKILL'), STOPS_WITHIN_MS);
        await closed;
        clearTimeout(tooLong);
      },
    };
    const settled = new AbortController();
    try {
      const died = exited.promise.then((reason) => {
        throw new Error(reason);
      });
      await Promise.race([died, untilReady(options.readyUrl, AbortSignal.any([signal, settled.signal]))]);
    } catch (failure) {
      await running.stop();
      throw failure;
    } finally {
      settled.abort();
    }
    return running;
  },
});

async function untilReady(url: string, signal: AbortSignal): Promise<void> {
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(STARTS_WITHIN_MS)]);
  let lastAnswer = 'no answer';
  for (;;) {
    if (deadline.aborted && !signal.aborted) throw new Error(`it was not ready in time: ${lastAnswer}`);
    signal.throwIfAborted();
    try {
      const { statusCode, body } = await request(url, { signal: deadline });
      lastAnswer = await body.text();
      if (statusCode === 200) return;
    } catch (failure) {
      lastAnswer = failure instanceof Error ? failure.message : String(failure);
    }
    await pause(50, undefined, { signal }).catch(() => undefined);
  }
}
