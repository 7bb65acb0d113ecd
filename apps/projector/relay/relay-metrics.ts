import { Injectable } from '@nestjs/common';
import { type EventLog } from '#kontor/event-store';
import { Metrics } from '#kontor/service';
import { Counter, Gauge } from 'prom-client';

/** What the relay says of itself to Prometheus. */
@Injectable()
export class RelayMetrics {
  #position: bigint | undefined;
  #events: Counter | undefined;
  #failures: Counter | undefined;

  constructor(private readonly metrics: Metrics) {}

  /** From now on there is a relay to tell of. */
  expose(log: EventLog): void {
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
    const position = () => this.#position;
    new Gauge({
      name: 'kontor_relay_position',
      help: 'Position of the log that Kafka has; absent where another process relays',
      registers,
      collect() {
        const reached = position();
        if (reached !== undefined) this.set(Number(reached));
      },
    });
    new Gauge({
      name: 'kontor_relay_lag_events',
      help: 'Positions between the end of the log and what Kafka has; absent where another process relays',
      registers,
      async collect() {
        const reached = position();
        if (reached === undefined) return;
        const head = await log.head().catch(() => undefined);
        if (head) this.set(Number(head.position - reached));
      },
    });
  }

  relayed(events: number, position: bigint): void {
    this.#position = position;
    this.#events?.inc(events);
  }

  failed(): void {
    this.#failures?.inc();
  }
}
