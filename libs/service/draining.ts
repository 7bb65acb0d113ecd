import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';

const IDLE_SWEEP_MS = 100;
/** After this the connections that are still open are cut. */
const GRACE_MS = 5_000;

/**
 * Ends a service without losing a request: the ports close, requests under way are answered, idle connections are closed as
 * they fall idle. Left to itself the server waits for keep-alive connections, for longer than anybody would.
 */
@Injectable()
export class Draining implements BeforeApplicationShutdown {
  private readonly begun = new AbortController();

  constructor(private readonly adapter: HttpAdapterHost) {}

  /** Long answers (streams) end early by this. */
  get signal(): AbortSignal {
    return this.begun.signal;
  }

  get hasBegun(): boolean {
    return this.begun.signal.aborted;
  }

  beforeApplicationShutdown(): void {
    this.begun.abort();
    const { server } = this.adapter.httpAdapter.getInstance<FastifyInstance>();
    const sweep = setInterval(() => server.closeIdleConnections(), IDLE_SWEEP_MS);
    const cut = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    server.once('close', () => {
      clearInterval(sweep);
      clearTimeout(cut);
    });
    if (!server.listening) {
      clearInterval(sweep);
      clearTimeout(cut);
    }
  }
}
