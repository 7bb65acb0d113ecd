import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import type { EventLog } from '#kontor/event-store';
import { standardLimits, STREAM_LIMITS, type StreamLimits } from './commands/answer-queue.js';
import { CommandStream } from './commands/command-stream.js';
import { CommandsController } from './commands/commands.controller.js';
import { CreditNoteModule } from './credit-note/credit-note.module.js';
import { CustomerModule } from './customer/customer.module.js';
import { AnswerWriter, QUERY_URL } from './desk/answer-writer.js';
import { Calls } from './desk/calls.js';
import { Desk } from './desk/desk.js';
import { EVENT_LOG } from './desk/event-log.js';
import { Zones } from './desk/zones.js';
import { OrderModule } from './order/order.module.js';
import { Policy } from './policy.js';
import { SalesPlanModule } from './sales-plan/sales-plan.module.js';
import { StockRequestModule } from './stock-request/stock-request.module.js';

/** What the command API is given by whoever starts it. */
export interface CommandApiParts {
  readonly log: EventLog;
  readonly policy: Policy;
  readonly zones: Zones;
  /** Where readers find what was created. */
  readonly queryUrl: string;
  readonly streamLimits?: StreamLimits;
}

@Module({})
export class CommandApiModule {
  static with({
    log,
    policy,
    zones,
    queryUrl,
    streamLimits = standardLimits,
  }: CommandApiParts): DynamicModule {
    const parts = [
      { provide: EVENT_LOG, useValue: log },
      { provide: Policy, useValue: policy },
      { provide: Zones, useValue: zones },
      { provide: QUERY_URL, useValue: queryUrl },
      { provide: STREAM_LIMITS, useValue: streamLimits },
    ];
    return {
      module: CommandApiModule,
      global: true,
      imports: [
        CqrsModule.forRoot(),
        CustomerModule,
        OrderModule,
        CreditNoteModule,
        StockRequestModule,
        SalesPlanModule,
      ],
      controllers: [CommandsController],
      providers: [...parts, AnswerWriter, Calls, Desk, CommandStream],
      exports: [...parts, Calls, Desk],
    };
  }
}
