import { Injectable } from '@nestjs/common';
import type { BatchReport, RunnerStatus } from '#kontor/read-models';
import { Metrics } from '#kontor/service';
import { Gauge, Histogram } from 'prom-client';

const labelNames = ['projection'];

/** What the projections say of themselves to Prometheus. */
@Injectable()
export class ProjectionMetrics {
  private readonly batchEvents: Histogram;
  private readonly batchSeconds: Histogram;

  constructor(private readonly metrics: Metrics) {
    const registers = [metrics.registry];
    this.batchEvents = new Histogram({
      name: 'kontor_projection_batch_events',
      help: 'Events applied in one transaction',
      labelNames,
      buckets: [1, 3, 10, 30, 100, 300, 1_000, 3_000],
      registers,
    });
    this.batchSeconds = new Histogram({
      name: 'kontor_projection_batch_duration_seconds',
      help: 'From the first event of a batch to its commit',
      labelNames,
      buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3],
      registers,
    });
  }

  observe({ projection, events, milliseconds }: BatchReport): void {
    this.batchEvents.observe({ projection }, events);
    this.batchSeconds.observe({ projection }, milliseconds / 1_000);
  }

  /** Read from the runner whenever the metrics are asked for. */
  expose(status: () => readonly RunnerStatus[]): void {
    const gauge = (name: string, help: string, value: (status: RunnerStatus) => number | undefined) =>
      new Gauge({
        name,
        help,
        labelNames,
        registers: [this.metrics.registry],
        collect() {
          this.reset();
          for (const each of status()) {
            const present = value(each);
            if (present !== undefined) this.set({ projection: each.projection }, present);
          }
        },
      });
    gauge('kontor_projection_position', 'Position of the log that the rows have seen', ({ position }) =>
      Number(position),
    );
    gauge('kontor_projection_lag_events', 'Positions between the end of the log and the rows', ({ lag }) =>
      lag === undefined ? undefined : Number(lag),
    );
    gauge(
      'kontor_projection_parked_events',
      'Events left out until they are replayed',
      ({ parked }) => parked,
    );
    gauge('kontor_projection_running', '1 where this process keeps the projection up', ({ state }) =>
      state === 'running' ? 1 : 0,
    );
  }
}
