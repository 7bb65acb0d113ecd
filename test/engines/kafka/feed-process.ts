import { PostgresEventLog } from '#kontor/event-store';
import { projections, reportingViews } from '#kontor/read-models';
import { FeedRunner } from '../../../apps/projector/feed/feed-runner.js';

const { LOG_URL = '', DATABASE_URL = '', BROKERS = '', TOPIC_PREFIX = 'kontor' } = process.env;

const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());

const log = new PostgresEventLog(LOG_URL);
let taken = 0;
const runner = new FeedRunner({
  log,
  databaseUrl: DATABASE_URL,
  brokers: BROKERS.split(','),
  topicPrefix: TOPIC_PREFIX,
  group: `${TOPIC_PREFIX}-projector`,
  projections,
  viewStatements: reportingViews,
  onBatch: ({ events }) => console.log((taken += events)),
  onTrouble: (where, error) => console.error(where, error),
});
await runner.run(stop.signal);
await log.close();
