import { Module, type DynamicModule } from '@nestjs/common';
import type { EventLog } from '#kontor/event-store';
import { ReadModels } from '#kontor/read-models';
import { Asking } from './asking/asking.js';
import { EVENT_LOG } from './asking/event-log.js';
import { AuditController } from './audit/audit.controller.js';
import { CustomersController, ZONE_OF } from './customers/customers.controller.js';
import { OrdersController } from './orders/orders.controller.js';
import { PlanFulfilmentController } from './plan-fulfilment/plan-fulfilment.controller.js';
import { StockRequestsController } from './stock-requests/stock-requests.controller.js';
import { TurnoverController } from './turnover/turnover.controller.js';
import type { ZoneOf } from './zones.js';

/** What questions are answered from. */
export interface Sources {
  readonly readModels: ReadModels;
  readonly log: EventLog;
  readonly zoneOf: ZoneOf;
}

@Module({})
export class QueryApiModule {
  static with({ readModels, log, zoneOf }: Sources): DynamicModule {
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
        { provide: ZONE_OF, useValue: zoneOf },
      ],
    };
  }
}
