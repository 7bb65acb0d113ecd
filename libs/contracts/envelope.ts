import { Type, type Static } from '@sinclair/typebox';
import { Code, Fields, Role, Uuid, ZonedInstant } from './values.js';
import type { DomainEvent } from './events/index.js';

/** Who acts, from the token. */
export const Actor = Fields({ actorId: Code, role: Role, branchId: Type.Optional(Code) });
export type Actor = Static<typeof Actor>;

/** What stands beside an event's payload: who, for whom, under what authority, when, by which command. */
export const Metadata = Fields({
  commandId: Uuid,
  /** SHA-256 of the command as sent, hex. */
  commandDigest: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  correlationId: Uuid,
  causationId: Uuid,
  actor: Actor,
  /** The account manager whom a sales system acted for. */
  onBehalfOf: Type.Optional(Code),
  authority: Fields({ kind: Code, reference: Type.String({ minLength: 1, maxLength: 200 }) }),
  /** Business time. */
  occurredAt: ZonedInstant,
  /** Version of the payload. */
  schema: Type.Integer({ minimum: 1 }),
  traceparent: Type.Optional(Type.String({ maxLength: 100 })),
});
export type Metadata = Static<typeof Metadata>;

/** An event of the log, parsed and brought to its current version. */
export type LoggedEvent<Event extends DomainEvent = DomainEvent> = Event & {
  readonly eventId: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: bigint;
  /** Milliseconds since 1970. */
  readonly recordedAt: number;
  readonly metadata: Metadata;
};
