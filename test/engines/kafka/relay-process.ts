import { PostgresEventLog } from '#kontor/event-store';
import { runRelay } from '../../../apps/projector/relay/run-relay.js';

const { LOG_URL = '', DATABASE_URL = '', BROKERS = '' } = process.env;

const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());

const log = new PostgresEventLog(LOG_URL);
await runRelay(
  { log, databaseUrl: DATABASE_URL, brokers: BROKERS.split(','), partitions: 3 },
  {
    relayed: (_, position) => console.log(position.toString()),
    failed: (message, error) => console.error(message, error),
    kafkaLog: (severity, message) => severity === 'warn' && console.error(message),
  },
  stop.signal,
);
await log.close();
