import { randomUUID } from 'node:crypto';
import type { EventLog, EventToAppend, Position } from '#kontor/event-store';

/** An event as the log takes it; the relay looks at nothing but its envelope. */
export function sampleEvent(type: string, data: object): EventToAppend {
  const commandId = randomUUID();
  const metadata = {
    commandId,
    commandDigest: 'ab'.repeat(32),
    correlationId: commandId,
    causationId: commandId,
    actor: { actorId: 'anna', role: 'account-manager', branchId: 'london' },
    authority: { kind: 'role', reference: 'account-manager' },
    occurredAt: '2011-11-30T14:05:00.000+00:00',
    schema: 1,
  };
  return { eventId: randomUUID(), type, data: JSON.stringify(data), metadata: JSON.stringify(metadata) };
}

/** Orders that are paid and paid again, many streams at once; answers the last position. */
export async function appendPayments(
  log: EventLog,
  streams: number,
  eventsAStream: number,
): Promise<Position> {
  const positions = await Promise.all(
    Array.from({ length: streams }, async (_, stream) => {
      const orderId = randomUUID();
      let position = 0n;
      for (let revision = 0; revision < eventsAStream; revision++) {
        const event = sampleEvent('PaymentReceived', {
          orderId,
          reference: `${stream}/${revision}`,
          memo: 'x'.repeat(400),
        });
        const outcome = await log.append(`order-${orderId}`, revision === 0 ? 'no-stream' : revision - 1, [
          event,
        ]);
        if (outcome.kind !== 'appended') throw new Error(`not appended: ${outcome.kind}`);
        position = outcome.position;
      }
      return position;
    }),
  );
  return positions.reduce((last, position) => (position > last ? position : last), 0n);
}
