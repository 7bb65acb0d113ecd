import type { Client } from './settings.js';

/** Of the client's insides, what closing it and surviving it take. They are as in version 6.2.1, which is pinned. */
interface Insides {
  createChannel(): Promise<{ close(): void }>;
  handleError(client: unknown, error: Error): Promise<void>;
}

/**
 * Gives a client an end: it has none of its own (`dispose` ends calls and leaves the connection open). On the way, a
 * rejection that the client leaves unhandled, which ends the process, is caught: it looks at the next channel while
 * discovery for that fails.
 * @returns ends the client's calls and its connections
 */
export function closerOf(client: Client): () => Promise<void> {
  const channels = new Set<{ close(): void }>();
  const insides = client as unknown as Insides;
  const { createChannel, handleError } = insides;
  let isClosed = false;
  insides.createChannel = async () => {
    const channel = await createChannel.call(client);
    if (isClosed) channel.close();
    // Earlier ones were closed by the client when it turned from them.
    channels.clear();
    channels.add(channel);
    return channel;
  };
  insides.handleError = (...failed) => handleError.apply(client, failed).catch(() => undefined);
  return async () => {
    isClosed = true;
    await client.dispose();
    for (const channel of channels) channel.close();
  };
}
