import { PostgresEventLog } from '#kontor/event-store';
import { RelayRunner } from '../../../apps/projector/relay/relay-runner.js';

const { LOG_URL = '', DATABASE_URL = '', BROKERS = '', TOPIC_PREFIX = 'kontor' } = process.env;

const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());

const log = new PostgresEventLog(LOG_URL);
const relay = new RelayRunner({
  log,
  databaseUrl: DATABASE_URL,
  brokers: BROKERS.split(','),
  topicPrefix: TOPIC_PREFIX,
  partitions: 3,
  onRelayed: () => console.log(String(relay.status.position)),
  onTrouble: (what, error) => console.error(what, error),
  kafkaLog: (severity, message) => severity === 'warn' && console.error(message),
});
await relay.run(stop.signal);
await log.close();
