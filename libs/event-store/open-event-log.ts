import type { EventLog } from './port.js';

/** The log at a URL, whose scheme tells the engine; only that engine's client is loaded, which takes time and memory. */
export async function openEventLog(url: string): Promise<EventLog> {
  const scheme = url.split(':')[0];
  switch (scheme) {
    case 'postgres':
    case 'postgresql': {
      const { PostgresEventLog } = await import('./postgres/index.js');
      return new PostgresEventLog(url);
    }
    case 'esdb':
    case 'esdb+discover': {
      const { EventStoreDbEventLog } = await import('./eventstoredb/index.js');
      return new EventStoreDbEventLog(url);
    }
    default:
      throw new Error(`no event log speaks ${scheme}: give a postgres:// or esdb:// URL`);
  }
}
