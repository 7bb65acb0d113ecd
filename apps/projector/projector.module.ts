import { Module } from '@nestjs/common';
import { BackgroundWork } from './background-work.js';
import { ProjectionMetrics } from './projection-metrics.js';

@Module({ providers: [BackgroundWork, ProjectionMetrics] })
export class ProjectorModule {}
