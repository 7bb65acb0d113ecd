import { Injectable } from '@nestjs/common';
import { type EventLog } from '#kontor/event-store';
import { Metrics } from '#kontor/service';
import { Counter, Gauge } from 'prom-client';
import type { RelayStatus } from './relay-runner.js';

const labelNames = ['to'];
/** A gauge without labels would be 0 where it has nothing to tell. */
const to = { to: 'kafka' };

/** What the relay says of itself to Prometheus. */
@Injectable()
export class RelayMetrics {
  #events: Counter | undefined;
  #failures: Counter | undefined;

  constructor(private readonly metrics: Metrics) {}

  /** From now on there is a relay to tell of; its status is read whenever the metrics are asked for. */
  expose(log: EventLog, status: () => RelayStatus): void {
    const registers = [this.metrics.registry];
    this.#events = new Counter({
      name: 'kontor_relay_events_total',
      help: 'Events that Kafka has acknowledged',
      registers,
    });
    this.#failures = new Counter({
      name: 'kontor_relay_failures_total',
      help: 'Tries that failed and were made again',
      registers,
    });
    new Gauge({
      name: 'kontor_relay_trouble',
      help: '1 while something keeps this process from relaying, Kafka itself or what it needs besides',
      labelNames,
      registers,
      collect() {
        this.set(to, status().state === 'backing-off' ? 1 : 0);
      },
    });
    new Gauge({
      name: 'kontor_relay_position',
      help: 'Position of the log that Kafka has; absent where another process relays',
      labelNames,
      registers,
      collect() {
        this.reset();
        const { position } = status();
        if (position !== undefined) this.set(to, Number(position));
      },
    });
    new Gauge({
      name: 'kontor_relay_lag_events',
      help: 'Positions between the end of the log and what Kafka has; absent where another process relays',
      labelNames,
      registers,
      async collect() {
        this.reset();
        const { position } = status();
        if (position === undefined) return;
        const head = await log.head().catch(() => undefined);
        if (head) this.set(to, Number(head.position - position));
      },
    });
  }

  relayed(events: number): void {
    this.#events?.inc(events);
  }

  failed(): void {
    this.#failures?.inc();
  }
}
