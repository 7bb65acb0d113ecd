import { createServer, connect, type Server, type Socket } from 'node:net';
import { once } from 'node:events';

/**
 * The cable between client and server: a TCP forwarder that can be cut, frozen and unplugged. What it does to a
 * connection is what a killed, stopped or vanished machine does.
 */
export class Wire {
  #server: Server | undefined;
  #frozen = false;
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  /** Connections made so far. */
  connections = 0;
  #connected = Promise.withResolvers<void>();

  constructor(private readonly target: () => { host: string; port: number }) {}

  /** Resolves when somebody connects. */
  nextConnection(): Promise<void> {
    return this.#connected.promise;
  }

  /** Listens on the port (a free one by default) and answers which it is. */
  async plug(port = 0): Promise<number> {
    const server = createServer((client) => this.#forward(client));
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    this.#server = server;
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no TCP address');
    return address.port;
  }

  /** Refuses new connections and resets those there are, as a killed process does. */
  async unplug(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    this.cut();
    if (!server) return;
    server.close();
    await once(server, 'close');
  }

  /** Resets every connection; new ones are welcome. */
  cut(): void {
    for (const [client, upstream] of this.#pairs) {
      client.resetAndDestroy();
      upstream.destroy();
    }
  }

  /** Nothing passes any more in either direction, and nobody is told: SIGSTOP, or a cable pulled. */
  freeze(): void {
    this.#frozen = true;
    for (const pair of this.#pairs) for (const socket of pair) socket.pause();
  }

  thaw(): void {
    this.#frozen = false;
    for (const pair of this.#pairs) for (const socket of pair) socket.resume();
  }

  /** Freezes the connections there are for good; new ones pass. */
  blackhole(): void {
    for (const pair of this.#pairs) {
      for (const socket of pair) {
        socket.removeAllListeners('data');
        socket.pause();
      }
    }
  }

  #forward(client: Socket): void {
    this.connections += 1;
    this.#connected.resolve();
    this.#connected = Promise.withResolvers();
    const upstream = connect(this.target());
    const pair = [client, upstream] as const;
    this.#pairs.add(pair);
    const end = () => {
      this.#pairs.delete(pair);
      client.destroy();
      upstream.destroy();
    };
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      from.setNoDelay(true);
      from.on('data', (chunk) => {
        if (!to.write(chunk)) from.pause();
      });
      to.on('drain', () => {
        if (!this.#frozen) from.resume();
      });
      from.on('close', end);
      from.on('error', end);
      if (this.#frozen) from.pause();
    }
  }
}
