import { EventStoreDBClient } from '@eventstore/db-client';

export type Client = EventStoreDBClient;

/** What is passed with every call. */
export interface CallOptions {
  readonly credentials: { readonly username: string; readonly password: string };
  readonly requiresLeader: true;
  /** Milliseconds for this try. The client heeds it when it appends. */
  readonly deadline: number;
}

export interface Settings {
  /** The connection string without its password, for messages. */
  readonly name: string;
  readonly callOptions: Omit<CallOptions, 'deadline'>;
  /** A client object with a connection of its own. */
  open(purpose: string): Client;
}

/** Seconds, for this client; a frozen node holds up discovery for no longer. */
const gossipTimeout = 2;
/** Milliseconds; the client warns below. */
const leastKeepAliveInterval = 10_000;
const keepAliveIntervals = 10_000;

let opened = 0;

/**
 * Reads an `esdb://` or `esdb+discover://` connection string.
 *
 * The client takes its batch-append path, which can end the process, unless a call names credentials; so every call
 * does. A server without TLS ignores them, and the client sends none: any will do there.
 * @throws {Error} TLS without a user and password
 */
export function readSettings(url: string): Settings {
  const parts = /^esdb(?:\+discover)?:\/\/(?:(?<username>[^:@/]+):(?<password>[^@/]+)@)?[^@]+$/.exec(
    url.trim(),
  );
  if (!parts) throw new Error('an EventStoreDB URL looks like esdb://user:password@host:2113');
  const { username, password } = parts.groups ?? {};
  const isInsecure = /[?&]tls=false(?:&|$)/i.test(url);
  if (!isInsecure && (username === undefined || password === undefined))
    throw new Error('an EventStoreDB URL with TLS needs user and password: esdb://user:password@host:2113');
  const credentials = {
    username: decodeURIComponent(username ?? 'none'),
    password: decodeURIComponent(password ?? 'none'),
  };
  return {
    name: url.trim().replace(/\/\/[^@/]*@/, '//'),
    callOptions: { credentials, requiresLeader: true },
    open(purpose) {
      opened += 1;
      return EventStoreDBClient.connectionString(
        withOptions(url.trim(), {
          // Clients share a connection, its limit of 100 calls and its death, unless this differs.
          keepAliveInterval: leastKeepAliveInterval + (opened % keepAliveIntervals),
          throwOnAppendFailure: true,
          connectionName: `kontor-${purpose}-${process.pid}`,
          ...(!/[?&]gossipTimeout=/i.test(url) && { gossipTimeout }),
          ...(!/[?&]maxDiscoverAttempts=/i.test(url) && { maxDiscoverAttempts: 3 }),
        }),
      );
    },
  };
}

/** The last of two options of one name counts. */
function withOptions(url: string, options: Readonly<Record<string, string | number | boolean>>): string {
  const added = Object.entries(options).map(([name, value]) => `${name}=${value}`);
  return `${url}${url.includes('?') ? '&' : '?'}${added.join('&')}`;
}
