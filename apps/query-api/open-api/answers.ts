import { applyDecorators } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { TSchema } from '@sinclair/typebox';
import {
  AuditAction,
  CustomerAnswer,
  CustomerProduct,
  OrderAnswer,
  PageOf,
  PlanContribution,
  PlanFulfilmentItem,
  PositionText,
  SalesHistoryAnswer,
  StockRequestAnswer,
  TurnoverAnswer,
} from '#kontor/read-models';
import { EventLine } from '../audit/event-line.js';
import { exampleOf } from './example-of.js';

/** Every answer's schema, by the name that the document gives it. */
export const answerSchemas = {
  Customer: CustomerAnswer,
  Customers: PageOf(CustomerAnswer),
  CustomerProducts: PageOf(CustomerProduct),
  SalesHistory: SalesHistoryAnswer,
  Order: OrderAnswer,
  PlanFulfilment: PageOf(PlanFulfilmentItem),
  PlanEvents: PageOf(PlanContribution),
  Turnover: TurnoverAnswer,
  StockRequests: PageOf(StockRequestAnswer),
  AuditActions: PageOf(AuditAction),
  Event: EventLine,
} satisfies Record<string, TSchema>;

export type AnswerName = keyof typeof answerSchemas;

interface Described {
  readonly summary: string;
  /** A single thing: it may be unknown (404) or out of scope (403), and has a revision. */
  readonly single?: boolean;
  readonly forbidden?: boolean;
  readonly mediaType?: string;
}

const problems = {
  400: 'Malformed: an unknown parameter, or one that is not as described',
  401: 'No valid token',
  403: 'Outside the scope of the role',
  404: 'There is no such thing',
  503: 'Not as far as `atLeast` yet, or out of reach; the same may be asked again',
} as const;

/** Tells the document what a route answers. */
export function Answers(
  name: AnswerName,
  { summary, single = false, forbidden = single, mediaType = 'application/json' }: Described,
) {
  const statuses = ([400, 401, 403, 404, 503] as const).filter(
    (status) => (status !== 403 || forbidden) && (status !== 404 || single),
  );
  return applyDecorators(
    ApiOperation({ summary }),
    ApiResponse({
      status: 200,
      description: summary,
      headers: {
        'X-Log-Position': {
          description: 'The position of the log that the answer has seen',
          schema: { type: 'string', pattern: PositionText.pattern ?? '' },
        },
      },
      content: {
        [mediaType]: {
          schema: { $ref: `#/components/schemas/${name}` },
          example: exampleOf(answerSchemas[name]),
        },
      },
    }),
    ...statuses.map((status) =>
      ApiResponse({
        status,
        description: problems[status],
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      }),
    ),
  );
}
