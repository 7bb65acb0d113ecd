import { Module } from '@nestjs/common';
import { CreditNoteController } from './credit-note.controller.js';
import { IssueCreditNoteHandler } from './issue-credit-note.js';

@Module({
  controllers: [CreditNoteController],
  providers: [IssueCreditNoteHandler],
})
export class CreditNoteModule {}
