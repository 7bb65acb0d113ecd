import { IsOptional } from 'class-validator';
import { STOCK_REQUEST_STATUSES, type StockRequestStatus } from '#kontor/read-models';
import { IsCode, IsOneOf, PageRequest } from '../asking/fields.js';

export class StockRequestsRequest extends PageRequest {
  @IsOptional() @IsCode() branchId?: string;
  @IsOptional() @IsOneOf(STOCK_REQUEST_STATUSES, 'How the request stands') status?: StockRequestStatus;
}
