import { Logger } from '@nestjs/common';
import type { LogFollower } from '../background-work.js';
import type { RelayMetrics } from './relay-metrics.js';
import { type RelaySettings, runRelay } from './run-relay.js';

/** The relay, as one of what follows the log. */
export function relayFollower(settings: RelaySettings, metrics: RelayMetrics): LogFollower {
  const logger = new Logger('Relay');
  metrics.expose(settings.log);
  return {
    name: 'relay',
    follow: (signal) =>
      runRelay(
        settings,
        {
          relayed: (events, position) => metrics.relayed(events, position),
          released: () => metrics.released(),
          failed: (what, error) => {
            metrics.failed();
            logger.warn(`${what}: ${error instanceof Error ? error.message : String(error)}; trying again`);
          },
          kafkaLog: (severity, message) => logger[severity](message),
        },
        signal,
      ),
  };
}
