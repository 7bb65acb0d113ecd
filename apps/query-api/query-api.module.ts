import { Module, type DynamicModule } from '@nestjs/common';
import type { EventLog } from '#kontor/event-store';
import { ReadModels, type Zones } from '#kontor/read-models';
import { Asking } from './asking/asking.js';
import { EVENT_LOG } from './asking/event-log.js';
import { AuditController } from './audit/audit.controller.js';
import { CustomersController, ZONES } from './customers/customers.controller.js';
import { OrdersController } from './orders/orders.controller.js';
import { PlanFulfilmentController } from './plan-fulfilment/plan-fulfilment.controller.js';
import { StockRequestsController } from './stock-requests/stock-requests.controller.js';
import { TurnoverController } from './turnover/turnover.controller.js';

/** What questions are answered from. */
export interface Sources {
  readonly readModels: ReadModels;
  readonly log: EventLog;
  readonly zones: Zones;
}

@Module({})
export class QueryApiModule {
  static with({ readModels, log, zones }: Sources): DynamicModule {
    return {
      module: QueryApiModule,
      controllers: [
        CustomersController,
        OrdersController,
        PlanFulfilmentController,
        TurnoverController,
        StockRequestsController,
        AuditController,
      ],
      providers: [
        Asking,
        { provide: ReadModels, useValue: readModels },
        { provide: EVENT_LOG, useValue: log },
        { provide: ZONES, useValue: zones },
      ],
    };
  }
}
