import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { openEventLog } from '#kontor/event-store';
import { PostgresRunner, projections, reportingViews, type RunnerOptions } from '#kontor/read-models';
import { ConfigurationInvalid, createService, readConfiguration } from '#kontor/service';
import { BackgroundWork, type LogFollower } from './background-work.js';
import { projectorSettings } from './configuration.js';
import { FeedRunner } from './feed/feed-runner.js';
import { kafkaCluster } from './kafka-configuration.js';
import { ProjectionMetrics } from './projection-metrics.js';
import { projectionReadiness } from './projection-readiness.js';
import { ProjectorModule } from './projector.module.js';
import { RelayMetrics } from './relay/relay-metrics.js';
import { relayReadiness } from './relay/relay-readiness.js';
import { RelayRunner } from './relay/relay-runner.js';

const logger = new Logger('Projector');
const relayLogger = new Logger('Relay');

const complaintsTo = (logger: Logger) => (what: string, error: unknown) =>
  logger.warn(`${what}: ${error instanceof Error ? error.message : String(error)}; trying again`);

async function run(): Promise<void> {
  const settings = readConfiguration(projectorSettings);
  const cluster = await kafkaCluster(settings);
  const log = await openEventLog(settings.KONTOR_EVENT_STORE_URL);
  const { KONTOR_DATABASE_URL: databaseUrl, KONTOR_KAFKA_TOPIC_PREFIX: topicPrefix } = settings;
  const keeping: RunnerOptions = {
    log,
    databaseUrl,
    projections,
    viewStatements: reportingViews,
    onBatch: (report) => metrics.observe(report),
    onTrouble: complaintsTo(logger),
  };
  const runner =
    cluster && settings.KONTOR_PROJECTION_FEED === 'kafka'
      ? new FeedRunner({
          ...keeping,
          ...cluster,
          topicPrefix,
          group: settings.KONTOR_KAFKA_GROUP,
          kafkaLog: (severity, message) => logger[severity](message),
        })
      : new PostgresRunner(keeping);
  const relay =
    cluster &&
    new RelayRunner({
      ...cluster,
      log,
      databaseUrl,
      topicPrefix,
      partitions: settings.KONTOR_KAFKA_PARTITIONS,
      onRelayed: (events) => relayMetrics.relayed(events),
      onTrouble: (what, error) => {
        relayMetrics.failed();
        complaintsTo(relayLogger)(what, error);
      },
      kafkaLog: (severity, message) => relayLogger[severity](message),
    });
  const app = await createService(ProjectorModule, {
    logLevel: settings.KONTOR_LOG_LEVEL,
    production: settings.NODE_ENV === 'production',
    readiness: [
      projectionReadiness(() => runner.status),
      ...(relay ? [relayReadiness(() => relay.status)] : []),
    ],
  });
  const [metrics, relayMetrics] = [app.get(ProjectionMetrics), app.get(RelayMetrics)];
  metrics.expose(() => runner.status);

  const followers: LogFollower[] = [{ name: 'projections', follow: (signal) => runner.run(signal) }];
  if (relay) {
    relayMetrics.expose(log, () => relay.status);
    followers.push({ name: 'relay', follow: (signal) => relay.run(signal) });
  }
  app.get(BackgroundWork).start(followers, () => {
    process.exitCode = 1;
    void app.close().finally(() => process.exit());
  });
  await app.listen(settings.KONTOR_PROJECTOR_PORT, '0.0.0.0');
}

try {
  await run();
} catch (error) {
  process.stderr.write(`${error instanceof ConfigurationInvalid ? error.message : String(error)}\n`);
  process.exit(1);
}
