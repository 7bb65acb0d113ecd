import { Module } from '@nestjs/common';
import { CustomerController } from './customer.controller.js';
import { RegisterCustomerHandler } from './register-customer.js';
import { CorrectCustomerDetailsHandler } from './correct-customer-details.js';
import { ReassignCustomerHandler } from './reassign-customer.js';
import { ChangeSegmentHandler } from './change-segment.js';
import { SetCreditTermsHandler } from './set-credit-terms.js';
import { BlockCustomerHandler } from './block-customer.js';
import { UnblockCustomerHandler } from './unblock-customer.js';

@Module({
  controllers: [CustomerController],
  providers: [
    RegisterCustomerHandler,
    CorrectCustomerDetailsHandler,
    ReassignCustomerHandler,
    ChangeSegmentHandler,
    SetCreditTermsHandler,
    BlockCustomerHandler,
    UnblockCustomerHandler,
  ],
})
export class CustomerModule {}
