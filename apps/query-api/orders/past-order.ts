import { decodeEvent, type LoggedEvent } from '#kontor/contracts';
import type { EventLog } from '#kontor/event-store';
import { orderFrom, type Moment, type OrderAnswer } from '#kontor/read-models';

const hadHappened = ({ metadata: { occurredAt } }: LoggedEvent, moment: Moment): boolean =>
  'day' in moment
    ? occurredAt.slice(0, 10) <= moment.day
    : Date.parse(occurredAt) <= Date.parse(moment.instant);

/** The order as it was, folded from its stream as far as that had happened by then; undefined before it was placed. */
export async function pastOrder(
  log: EventLog,
  orderId: string,
  moment: Moment,
): Promise<OrderAnswer | undefined> {
  const events: LoggedEvent[] = [];
  for await (const stored of log.readStream(`order-${orderId}`)) {
    const event = decodeEvent(stored);
    if (hadHappened(event, moment)) events.push(event);
  }
  return orderFrom(events);
}
