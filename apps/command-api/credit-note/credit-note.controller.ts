import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Answer } from '../desk/answer.js';
import { type Call, TheCall } from '../desk/call.js';
import { Calls } from '../desk/calls.js';
import { Issues } from '../desk/issues.js';
import { IssueCreditNote, IssueCreditNoteRequest } from './issue-credit-note.js';

@ApiTags('credit notes')
@Controller('v1/credit-notes')
export class CreditNoteController {
  constructor(private readonly calls: Calls) {}

  @Post()
  @Issues(IssueCreditNote, 'Credits a customer without a known order', 'creditNoteId')
  issueCreditNote(@Body() body: IssueCreditNoteRequest, @TheCall() call: Call): Promise<Answer> {
    return this.calls.answer(new IssueCreditNote(body, call));
  }
}
