import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

interface Link {
  readonly client: Socket;
  readonly server: Socket;
  /** What the client sent so far, as text. */
  sent: string;
  isFrozen: boolean;
}

/** Stands between a client and a server, and makes the network fail. */
export interface TcpProxy {
  /** The target's URL, by way of the proxy. */
  readonly url: string;
  /** Bytes that went from the server to clients. */
  readonly bytesReceived: number;
  /**
   * Lets the next request that holds the text through, waits until the server has answered it, and cuts that connection instead
   * of handing the answer on.
   */
  loseReplyTo(text: string): void;
  /** Hands nothing on any more, in either direction and without a word, for connections whose client has sent the text. */
  freeze(text?: string): void;
  cut(): void;
  close(): Promise<void>;
}

export async function startProxy(targetUrl: string): Promise<TcpProxy> {
  const target = new URL(targetUrl);
  const links = new Set<Link>();
  let bytesReceived = 0;
  let lostReply: string | undefined;

  const proxy = createServer((client) => {
    const server = connect(Number(target.port), target.hostname);
    const link: Link = { client, server, sent: '', isFrozen: false };
    links.add(link);
    let losesReply = false;
    client.on('data', (bytes) => {
      if (link.isFrozen) return;
      const text = bytes.toString('latin1');
      link.sent = (link.sent + text).slice(-100_000);
      if (lostReply !== undefined && text.includes(lostReply)) {
        losesReply = true;
        lostReply = undefined;
      }
      if (!server.write(bytes)) pauseUntilDrained(client, server);
    });
    server.on('data', (bytes) => {
      if (link.isFrozen) return;
      if (losesReply) return end();
      bytesReceived += bytes.length;
      if (!client.write(bytes)) pauseUntilDrained(server, client);
    });
    const end = () => {
      client.destroy();
      server.destroy();
      links.delete(link);
    };
    for (const socket of [client, server]) {
      socket.on('close', () => link.isFrozen || end());
      socket.on('error', () => link.isFrozen || end());
    }
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const address = proxy.address();
  if (!address || typeof address === 'string') throw new Error('the proxy has no port');
  const url = new URL(targetUrl);
  url.port = String(address.port);

  const cut = () => {
    for (const { client, server } of links) {
      client.destroy();
      server.destroy();
    }
  };
  return {
    url: url.href,
    get bytesReceived() {
      return bytesReceived;
    },
    loseReplyTo: (text) => {
      lostReply = text;
    },
    freeze: (text = '') => {
      for (const link of links) if (link.sent.includes(text)) link.isFrozen = true;
    },
    cut,
    close: async () => {
      cut();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}

function pauseUntilDrained(from: Socket, to: Socket): void {
  from.pause();
  to.once('drain', () => from.resume());
}
