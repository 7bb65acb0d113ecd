import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Answer } from '../desk/answer.js';
import { type Call, TheCall } from '../desk/call.js';
import { Calls } from '../desk/calls.js';
import { Issues } from '../desk/issues.js';
import { RegisterCustomer, RegisterCustomerRequest } from './register-customer.js';
import { CorrectCustomerDetails, CorrectCustomerDetailsRequest } from './correct-customer-details.js';
import { CustomerPath } from './customer.path.js';
import { ReassignCustomer, ReassignCustomerRequest } from './reassign-customer.js';
import { ChangeSegment, ChangeSegmentRequest } from './change-segment.js';
import { SetCreditTerms, SetCreditTermsRequest } from './set-credit-terms.js';
import { BlockCustomer, BlockCustomerRequest } from './block-customer.js';
import { UnblockCustomer, UnblockCustomerRequest } from './unblock-customer.js';

@ApiTags('customers')
@Controller('v1/customers')
export class CustomerController {
  constructor(private readonly calls: Calls) {}

  @Post()
  @Issues(RegisterCustomer, 'Takes on a customer and assigns it to an account manager', 'customerId')
  registerCustomer(@Body() body: RegisterCustomerRequest, @TheCall() call: Call): Promise<Answer> {
    return this.calls.answer(new RegisterCustomer(body, call));
  }

  @Post(':customerId/details')
  @Issues(CorrectCustomerDetails, 'Puts details right', 'customerId')
  correctCustomerDetails(
    @Param() path: CustomerPath,
    @Body() body: CorrectCustomerDetailsRequest,
    @TheCall() call: Call,
  ): Promise<Answer> {
    return this.calls.answer(new CorrectCustomerDetails({ ...path, ...body }, call));
  }

  @Post(':customerId/reassignments')
  @Issues(ReassignCustomer, 'Gives the customer to another account manager', 'customerId')
  reassignCustomer(
    @Param() path: CustomerPath,
    @Body() body: ReassignCustomerRequest,
    @TheCall() call: Call,
  ): Promise<Answer> {
    return this.calls.answer(new ReassignCustomer({ ...path, ...body }, call));
  }

  @Post(':customerId/segment')
  @Issues(ChangeSegment, 'Counts the customer to another segment', 'customerId')
  changeSegment(
    @Param() path: CustomerPath,
    @Body() body: ChangeSegmentRequest,
    @TheCall() call: Call,
  ): Promise<Answer> {
    return this.calls.answer(new ChangeSegment({ ...path, ...body }, call));
  }

  @Post(':customerId/credit-terms')
  @Issues(SetCreditTerms, 'Sets credit limit and payment term', 'customerId')
  setCreditTerms(
    @Param() path: CustomerPath,
    @Body() body: SetCreditTermsRequest,
    @TheCall() call: Call,
  ): Promise<Answer> {
    return this.calls.answer(new SetCreditTerms({ ...path, ...body }, call));
  }

  @Post(':customerId/block')
  @Issues(BlockCustomer, 'Takes no new orders from the customer', 'customerId')
  blockCustomer(
    @Param() path: CustomerPath,
    @Body() body: BlockCustomerRequest,
    @TheCall() call: Call,
  ): Promise<Answer> {
    return this.calls.answer(new BlockCustomer({ ...path, ...body }, call));
  }

  @Post(':customerId/unblock')
  @Issues(UnblockCustomer, 'Takes orders from the customer again', 'customerId')
  unblockCustomer(
    @Param() path: CustomerPath,
    @Body() body: UnblockCustomerRequest,
    @TheCall() call: Call,
  ): Promise<Answer> {
    return this.calls.answer(new UnblockCustomer({ ...path, ...body }, call));
  }
}
