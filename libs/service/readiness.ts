import { Controller, Get, Inject, Injectable, Optional, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Open } from './bearer.guard.js';
import { Draining } from './draining.js';

/** Whether a part that the service rests on is usable; the details are shown to whoever operates it. */
export interface ReadinessCheck {
  readonly name: string;
  /** What the service is there for goes on without this part: it is shown, and the service is ready all the same. */
  readonly isDispensable?: boolean;
  readonly check: () => Promise<{ readonly ready: boolean; readonly [detail: string]: unknown }>;
}

export const READINESS_CHECKS = Symbol('readiness checks');

/** A part that does not answer by then is not ready. */
const CHECK_DEADLINE_MS = 2_000;

@Injectable()
export class Readiness {
  constructor(
    private readonly draining: Draining,
    @Optional() @Inject(READINESS_CHECKS) private readonly checks: readonly ReadinessCheck[] = [],
  ) {}

  async state(): Promise<{ readonly ready: boolean; readonly checks: Readonly<Record<string, unknown>> }> {
    const results = await Promise.all(
      this.checks.map(async (check) => ({ check, result: await withinDeadline(check) })),
    );
    const isServing = results.every(({ check, result }) => result.ready || check.isDispensable);
    return {
      ready: isServing && !this.draining.hasBegun,
      checks: Object.fromEntries(results.map(({ check, result }) => [check.name, result])),
    };
  }
}

async function withinDeadline({ check }: ReadinessCheck): ReturnType<ReadinessCheck['check']> {
  const deadline = AbortSignal.timeout(CHECK_DEADLINE_MS);
  const late = new Promise<{ ready: false; reason: string }>((resolve) => {
    deadline.addEventListener('abort', () => resolve({ ready: false, reason: 'no answer in time' }));
  });
  return Promise.race([
    late,
    check().catch((failure: unknown) => ({
      ready: false,
      reason: failure instanceof Error ? failure.message : String(failure),
    })),
  ]);
}

/** For orchestrators and load balancers: alive is whoever answers, ready is whoever can serve. */
@ApiExcludeController()
@Open()
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Get('live')
  live() {
    return { alive: true };
  }

  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const state = await this.readiness.state();
    void reply.code(state.ready ? 200 : 503);
    return state;
  }
}
