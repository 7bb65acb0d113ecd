import { Type } from '@sinclair/typebox';
import { defineEvent, type EventOf } from '../define-event.js';
import { Code, Fields, Uuid } from '../values.js';

/** Somebody asked for what a rule or their authority does not allow. Holds the figures that the rule saw, and no personal data. */
export const CommandRefused = defineEvent(
  'CommandRefused',
  1,
  Fields({
    commandId: Uuid,
    /** The command's name, such as `GrantDiscount`. */
    command: Code,
    /** The stream that the command would have changed. */
    stream: Type.String({ minLength: 1, maxLength: 200 }),
    customerId: Type.Optional(Uuid),
    orderId: Type.Optional(Uuid),
    branchId: Type.Optional(Code),
    /** The rule's stable code, such as `order.discount-limit-exceeded`. */
    code: Type.String({ minLength: 1, maxLength: 100 }),
    figures: Type.Record(Type.String(), Type.Unknown()),
  }),
);

export type RefusalEvent = EventOf<typeof CommandRefused>;
