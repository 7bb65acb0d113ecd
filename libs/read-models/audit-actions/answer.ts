import { Type, type Static } from '@sinclair/typebox';
import { Code, Fields, Money, Role, Uuid, ZonedInstant } from '#kontor/contracts';
import { PositionText } from '../query/page.js';
import { Nullable, RecordedAt, Revision } from '../query/values.js';

/** Who did what, for whom, under what authority, when, and with which result. */
export const AuditAction = Fields({
  position: PositionText,
  eventId: Uuid,
  stream: Type.String({ examples: ['order-6f9619ff-8b86-4d01-b42d-00cf4fc964ff'] }),
  revision: Revision,
  type: Type.String({
    examples: ['DiscountGranted'],
    description: "The event's type; of a refused action, the command's name",
  }),
  outcome: Type.Unsafe<'accepted' | 'refused'>({ type: 'string', enum: ['accepted', 'refused'] }),
  code: Nullable(
    Type.String({ examples: ['order.discount-limit-exceeded'], description: 'Of the rule that refused' }),
  ),
  figures: Nullable(
    Type.Record(Type.String(), Type.Unknown(), { description: 'The figures that the rule saw' }),
  ),
  actor: Fields({ actorId: Code, role: Role }),
  onBehalfOf: Nullable(Code),
  authority: Fields({ kind: Type.String(), reference: Type.String() }),
  branchId: Nullable(Code),
  customerId: Nullable(Uuid),
  orderId: Nullable(Uuid),
  amount: Nullable(Money),
  commandId: Uuid,
  correlationId: Uuid,
  occurredAt: ZonedInstant,
  recordedAt: RecordedAt,
});
export type AuditAction = Static<typeof AuditAction>;
