import { IsOptional } from 'class-validator';
import { IsInstant } from '../fields.js';

/** What every command may say besides its own fields. */
export abstract class Dated {
  /** When it happened in business, if not now. */
  @IsOptional() @IsInstant() occurredAt?: string;
}
