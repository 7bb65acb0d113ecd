import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { BearerGuard } from './bearer.guard.js';
import { BearerTokens } from './bearer-tokens.js';
import { Draining } from './draining.js';
import { logging } from './logging.js';
import { Metrics, MetricsController } from './metrics.js';
import { ProblemFilter } from './problem.filter.js';
import { HealthController, READINESS_CHECKS, Readiness, type ReadinessCheck } from './readiness.js';
import { Routes, WellFormedGuard } from './well-formed.guard.js';

export interface ServiceSettings {
  /** A pino level, or `silent`. */
  readonly logLevel: string;
  readonly production: boolean;
  /** Where the keys that sign tokens are published; without it no route asks for a token. */
  readonly jwksUrl?: string;
  readonly readiness?: readonly ReadinessCheck[];
}

/** What every process of ours has: logs, health, metrics, checked requests, tokens, problem details, draining. */
@Module({})
export class ServiceModule {
  static async with({
    logLevel,
    production,
    jwksUrl,
    readiness = [],
  }: ServiceSettings): Promise<DynamicModule> {
    const tokens = jwksUrl === undefined ? undefined : await BearerTokens.signedBy(jwksUrl, { production });
    return {
      module: ServiceModule,
      global: true,
      imports: [logging(logLevel), DiscoveryModule],
      controllers: [HealthController, MetricsController],
      providers: [
        Draining,
        Metrics,
        Readiness,
        Routes,
        { provide: READINESS_CHECKS, useValue: readiness },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_GUARD, useClass: WellFormedGuard },
        ...(tokens
          ? [
              { provide: BearerTokens, useValue: tokens },
              { provide: APP_GUARD, useClass: BearerGuard },
            ]
          : []),
      ],
      exports: [Draining, Metrics, Routes],
    };
  }
}
