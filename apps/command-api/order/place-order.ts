import { IsOptional } from 'class-validator';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { customer, order, placeOrder } from '#kontor/domain';
import type { Answer } from '../desk/answer.js';
import { command } from '../desk/command.js';
import { Dated } from '../desk/dated.js';
import { Desk } from '../desk/desk.js';
import { Missing } from '../desk/matter.js';
import { Example, IsCode, IsCurrencyCode, IsId, IsListOf, IsReference } from '../fields.js';
import { Policy } from '../policy.js';
import { OrderedLineFields } from './lines.js';

@Example({
  orderNumber: '536365',
  customerId: '0f8fad5b-d9cb-469f-a165-70867728950e',
  lines: [
    {
      sku: '85123A',
      description: 'White hanging heart',
      quantity: '6',
      listPrice: '2.55',
      unitPrice: '2.50',
    },
    { sku: '71053', description: 'White metal lantern', quantity: '6', unitPrice: '3.39' },
  ],
})
export class PlaceOrderRequest extends Dated {
  @IsOptional() @IsId() orderId?: string;
  @IsOptional() @IsReference() orderNumber?: string;
  @IsId() customerId!: string;
  /** The customer's if left out; no other is taken. */
  @IsOptional() @IsCurrencyCode() currency?: string;
  /** The customer's if left out. */
  @IsOptional() @IsCode() territory?: string;
  @IsListOf(() => OrderedLineFields) lines!: OrderedLineFields[];
}

export class PlaceOrder extends command('PlaceOrder', ['customerId'])<PlaceOrderRequest> {}

@CommandHandler(PlaceOrder)
export class PlaceOrderHandler implements ICommandHandler<PlaceOrder> {
  constructor(
    private readonly desk: Desk,
    private readonly policy: Policy,
  ) {}

  execute(command: PlaceOrder): Promise<Answer> {
    const { orderId = command.idFor('orderId'), customerId, ...fields } = command.fields;
    return this.desk.create(command, {
      aggregate: order,
      id: orderId,
      ids: { orderId },
      path: `/v1/orders/${orderId}`,
      facts: async (find) => {
        const found = await find(customer, customerId);
        return found instanceof Missing ? found : { customer: found };
      },
      concern: ({ customer: { branchId, accountManagerId } }) => ({
        customerId,
        orderId,
        branchId,
        customerManagerId: accountManagerId,
      }),
      decide: (state, facts, circumstances) =>
        placeOrder(
          state,
          { ...fields, orderId, customerId },
          { ...circumstances, ...facts, policy: this.policy.discounts, ...command.lineIds },
        ),
    });
  }
}
