import { Module } from '@nestjs/common';
import { BackgroundWork } from './background-work.js';
import { ProjectionMetrics } from './projection-metrics.js';
import { RelayMetrics } from './relay/relay-metrics.js';

@Module({ providers: [BackgroundWork, ProjectionMetrics, RelayMetrics] })
export class ProjectorModule {}
