import { jsonEvent } from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';
import { type Connection, within } from './connection.js';
import { isWrongRevision } from './failures.js';
import { identityStream } from './recorded-event.js';
import { streamPage } from './reads.js';

/** The id of the first event of `kontor-log`, which the first to ask writes. */
export class LogIdentity {
  #id: Promise<string> | undefined;

  constructor(private readonly connection: Connection) {}

  async read(): Promise<string> {
    this.#id ??= this.#readOrWrite();
    try {
      return await this.#id;
    } catch (error) {
      this.#id = undefined;
      throw error;
    }
  }

  async #readOrWrite(): Promise<string> {
    return (await this.#first()) ?? this.#write();
  }

  async #first(): Promise<string | undefined> {
    const part = { stream: identityStream, from: 0, direction: 'forwards' } as const;
    const { records } = await this.connection.call(streamPage(part, 1));
    return records[0]?.event.eventId;
  }

  async #write(): Promise<string> {
    const id = randomUUID();
    try {
      await this.connection.call((client, options) =>
        within(
          options.deadline,
          client.appendToStream(identityStream, jsonEvent({ id, type: 'LogCreated', data: {} }), {
            ...options,
            expectedRevision: 'no_stream',
          }),
        ),
      );
      return id;
    } catch (error) {
      if (!isWrongRevision(error)) throw error;
      const first = await this.#first();
      if (first === undefined) throw error;
      return first;
    }
  }
}
