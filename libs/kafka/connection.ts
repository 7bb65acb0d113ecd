import { Kafka, type LogEntry, logLevel } from 'kafkajs';
import { clientSecurity, type KafkaSecurity } from './security.js';

/** Takes what the client has to say; its errors are warnings here, since whoever uses it goes on by itself. */
export type KafkaLog = (severity: 'warn' | 'debug', message: string) => void;

/** Where a cluster is, and how it lets us in. */
export interface KafkaCluster {
  /** `host:port`, any of the cluster's. */
  readonly brokers: readonly string[];
  readonly security?: KafkaSecurity;
}

export interface KafkaConnection extends KafkaCluster {
  readonly clientId: string;
  readonly log: KafkaLog;
}

/** A client of the cluster: connects when it is used. */
export function kafkaClient({ brokers, security = {}, clientId, log }: KafkaConnection): Kafka {
  silenceNegativeTimeouts();
  return new Kafka({
    brokers: [...brokers],
    ...clientSecurity(security),
    clientId,
    connectionTimeout: 3_000,
    requestTimeout: 10_000,
    retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 5 },
    logLevel: logLevel.INFO,
    logCreator:
      () =>
      ({ namespace, level, log: { message, timestamp: _, ...details } }: LogEntry) => {
        // What a connection calls an error is often the usual course of things: a rebalance, a coordinator that is not there yet.
        const severity = level === logLevel.ERROR && namespace !== 'Connection' ? 'warn' : 'debug';
        const error = typeof details['error'] === 'string' ? ` (${details['error']})` : '';
        log(severity, `kafka ${namespace}: ${message}${error}`);
      },
  });
}

let silenced = false;

/** kafkajs sets a timer to -1 ms on every connection, of which Node warns since version 24: that one warning is left out. */
function silenceNegativeTimeouts(): void {
  if (silenced) return;
  silenced = true;
  const emitWarning = process.emitWarning.bind(process);
  process.emitWarning = (warning: string | Error, ...rest: unknown[]) => {
    if (rest[0] === 'TimeoutNegativeWarning') return;
    Reflect.apply(emitWarning, process, [warning, ...rest]);
  };
}
