const NAMES = ['SIGINT', 'SIGTERM'] as const;
/** One interruption may be told of twice: to all processes of a terminal or a group, and by npm, which passes on what it is told. */
const TOLD_WITHIN_MS = 1_000;

/** Aborted by Ctrl-C or SIGTERM; a second one, a while later, ends the process at once. */
export function interruption(): AbortSignal {
  const interrupted = new AbortController();
  const interrupt = (): void => {
    if (interrupted.signal.aborted) return;
    interrupted.abort();
    setTimeout(() => {
      for (const name of NAMES) process.off(name, interrupt);
    }, TOLD_WITHIN_MS).unref();
  };
  for (const name of NAMES) process.on(name, interrupt);
  return interrupted.signal;
}

export async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  signal.addEventListener('abort', () => resolve(), { once: true });
  await promise;
}
