import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { openEventLog } from '#kontor/event-store';
import { PostgresRunner, projections, reportingViews, type RunnerOptions } from '#kontor/read-models';
import { ConfigurationInvalid, createService, readConfiguration } from '#kontor/service';
import { BackgroundWork, type LogFollower } from './background-work.js';
import { kafkaBrokers, projectorSettings } from './configuration.js';
import { FeedRunner } from './feed/feed-runner.js';
import { ProjectionMetrics } from './projection-metrics.js';
import { projectionReadiness } from './projection-readiness.js';
import { ProjectorModule } from './projector.module.js';
import { relayFollower } from './relay/relay-follower.js';
import { RelayMetrics } from './relay/relay-metrics.js';

async function run(): Promise<void> {
  const settings = readConfiguration(projectorSettings);
  const logger = new Logger('Projector');
  const log = openEventLog(settings.KONTOR_EVENT_STORE_URL);
  const brokers = kafkaBrokers(settings);
  const keeping: RunnerOptions = {
    log,
    databaseUrl: settings.KONTOR_DATABASE_URL,
    projections,
    viewStatements: reportingViews,
    onBatch: (report) => metrics.observe(report),
    onTrouble: (where, error) =>
      logger.warn(`${where}: ${error instanceof Error ? error.message : String(error)}; trying again`),
  };
  const runner =
    settings.KONTOR_PROJECTION_FEED === 'kafka'
      ? new FeedRunner({ ...keeping, brokers, kafkaLog: (severity, message) => logger[severity](message) })
      : new PostgresRunner(keeping);
  const app = await createService(ProjectorModule, {
    logLevel: settings.KONTOR_LOG_LEVEL,
    production: settings.NODE_ENV === 'production',
    readiness: [projectionReadiness(() => runner.status)],
  });
  const metrics = app.get(ProjectionMetrics);
  metrics.expose(() => runner.status);

  const followers: LogFollower[] = [{ name: 'projections', follow: (signal) => runner.run(signal) }];
  if (brokers.length > 0) {
    const { KONTOR_DATABASE_URL: databaseUrl, KONTOR_KAFKA_PARTITIONS: partitions } = settings;
    followers.push(relayFollower({ log, databaseUrl, brokers, partitions }, app.get(RelayMetrics)));
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
