import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Answer } from '../desk/answer.js';
import { type Call, TheCall } from '../desk/call.js';
import { Issues } from '../desk/issues.js';
import { IssueCreditNote, IssueCreditNoteRequest } from './issue-credit-note.js';

@ApiTags('credit notes')
@Controller('v1/credit-notes')
export class CreditNoteController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Issues(IssueCreditNote, 'Credits a customer without a known order', 'creditNoteId')
  issueCreditNote(@Body() body: IssueCreditNoteRequest, @TheCall() call: Call): Promise<Answer> {
    return this.commands.execute(new IssueCreditNote(body, call));
  }
}
