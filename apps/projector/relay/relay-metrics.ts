import { Injectable } from '@nestjs/common';
import { type EventLog } from '#kontor/event-store';
import { Metrics } from '#kontor/service';
import { Counter, Gauge } from 'prom-client';

const labelNames = ['to'];
/** A gauge without labels would be 0 where it has nothing to tell. */
const to = { to: 'kafka' };

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
      labelNames,
      registers,
      collect() {
        this.reset();
        const reached = position();
        if (reached !== undefined) this.set(to, Number(reached));
      },
    });
    new Gauge({
      name: 'kontor_relay_lag_events',
      help: 'Positions between the end of the log and what Kafka has; absent where another process relays',
      labelNames,
      registers,
      async collect() {
        this.reset();
        const reached = position();
        if (reached === undefined) return;
        const head = await log.head().catch(() => undefined);
        if (head) this.set(to, Number(head.position - reached));
      },
    });
  }

  relayed(events: number, position: bigint): void {
    this.#position = position;
    this.#events?.inc(events);
  }

  /** Another process may relay from now on. */
  released(): void {
    this.#position = undefined;
  }

  failed(): void {
    this.#failures?.inc();
  }
}
