import { IsIn, IsOptional } from 'class-validator';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { SEGMENTS, type Segment } from '#kontor/contracts';
import { changeSegment } from '#kontor/domain';
import type { Answer } from '../desk/answer.js';
import { command } from '../desk/command.js';
import { Dated } from '../desk/dated.js';
import { Desk } from '../desk/desk.js';
import { Example, IsWords } from '../fields.js';
import { CustomerPath } from './customer.path.js';
import { onCustomer } from './customer-matter.js';

@Example({ segment: 'key' })
export class ChangeSegmentRequest extends Dated {
  @IsIn(SEGMENTS) segment!: Segment;
  @IsOptional() @IsWords() reason?: string;
}

export class ChangeSegment extends command('ChangeSegment')<CustomerPath & ChangeSegmentRequest> {}

@CommandHandler(ChangeSegment)
export class ChangeSegmentHandler implements ICommandHandler<ChangeSegment> {
  constructor(private readonly desk: Desk) {}

  execute(command: ChangeSegment): Promise<Answer> {
    const { fields } = command;
    return this.desk.change(
      command,
      onCustomer(fields.customerId, (customer, circumstances) =>
        changeSegment(customer, fields, circumstances),
      ),
    );
  }
}
