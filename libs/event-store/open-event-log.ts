import { EventStoreDbEventLog } from './eventstoredb/index.js';
import type { EventLog } from './port.js';
import { PostgresEventLog } from './postgres/index.js';

/** The log at a URL, whose scheme tells the engine. */
export function openEventLog(url: string): EventLog {
  const scheme = url.split(':')[0];
  switch (scheme) {
    case 'postgres':
    case 'postgresql':
      return new PostgresEventLog(url);
    case 'esdb':
    case 'esdb+discover':
      return new EventStoreDbEventLog(url);
    default:
      throw new Error(`no event log speaks ${scheme}: give a postgres:// or esdb:// URL`);
  }
}
