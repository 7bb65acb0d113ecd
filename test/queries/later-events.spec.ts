import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EventType } from '#kontor/contracts';
import { type EventLog, LogUnavailable } from '#kontor/event-store';
import {
  type Answered,
  type Found,
  NotFresh,
  ReadModels,
  salesHistory,
  type SalesHistoryAnswer,
} from '#kontor/read-models';
import { History } from '../../libs/read-models/testing/history.js';
import { uuid } from '../../libs/read-models/testing/ids.js';
import * as made from '../../libs/read-models/testing/mothers.js';
import { BERG, eur, TANAKA } from '../../libs/read-models/testing/mothers.js';
import { OTTO } from '../../libs/read-models/testing/year.js';
import { withClient } from '../support/raw-client.js';
import { ReadingRoom } from './reading-room.js';

const SECOND = uuid(12);
const tanaka = { customerId: TANAKA, orderId: uuid(14) };
const otto = { customerId: OTTO, orderId: uuid(15) };

/** Of Berg each event happened after those before it, of Tanaka the last one before the others, and Otto changed hands. */
const history = new History()
  .add(made.customerRegistered(), { at: '2011-10-01' })
  .add(made.customerRegistered({ customerId: TANAKA }), { at: '2011-10-01' })
  .add(made.customerRegistered({ customerId: OTTO }), { at: '2011-10-01' })
  .add(made.orderPlaced({ orderNumber: 'A-1' }), { at: '2011-10-30' })
  .add(made.discountGranted({ amount: eur(20) }), { at: '2011-10-31' })
  .add(made.orderPlaced(tanaka), { at: '2011-10-31' })
  .add(made.paymentReceived({ amount: eur(30) }), { at: '2011-11-01T00:15:00.000+01:00' })
  .add(made.orderPlaced({ orderId: SECOND }), { at: '2011-11-02' })
  .add(made.orderAmended({ orderId: SECOND, amount: eur(-20) }), { at: '2011-11-03' })
  .add(made.orderPlaced(otto), { at: '2011-11-03' })
  .add(made.customerReassigned({ customerId: OTTO }), { at: '2011-11-04' })
  .add(made.goodsIssued(), { at: '2011-11-04' })
  .add(made.creditNoted({ customerId: TANAKA, creditNoteNumber: `for ${BERG}` }), { at: '2011-11-05' })
  .add(made.paymentReceived({ ...tanaka, paymentId: uuid(32) }), { at: '2011-11-01' })
  .add(made.creditNoted({ creditNoteId: uuid(62), creditNoteNumber: 'C-1' }), { at: '2011-12-01' })
  .add(made.orderCancelled({ orderId: SECOND, amount: eur(10) }), { at: '2011-12-02' })
  .add(made.paymentReversed({ amount: eur(30) }), { at: '2011-12-03' });

const everything = {
  visibility: { kind: 'everything' },
  zones: { default: 'Europe/London', branches: {} },
  limit: 100,
} as const;

let room: ReadingRoom;
beforeAll(async () => {
  room = await ReadingRoom.open(history);
});
afterAll(() => room.close());

const head = () => room.events.at(-1)?.position ?? 0n;

/** The position before an event of the customer. */
function before(type: EventType, customerId: string): bigint {
  const event = room.events.find((recorded) => recorded.type === type && recorded.data.includes(customerId));
  if (!event) throw new Error(`${customerId} has no ${type}`);
  return event.position - 1n;
}

type Page = Pick<Parameters<typeof salesHistory.answer>[1], 'limit' | 'cursor' | 'from'>;
type Answer = Answered<Found<SalesHistoryAnswer>>;

const standAt = (position: bigint) =>
  withClient(room.database.projectorUrl, (client) =>
    client.query('UPDATE read_models.checkpoints SET position = $1', [position]),
  );

type Log = Pick<EventLog, 'readAll'>;
type AskForAll = () => Promise<Answer>;

/** With read models that are known to have seen so much. Rows of later events are there too, but don't count. */
async function knowing<Result>(
  seen: bigint,
  customerId: string,
  page: Partial<Page>,
  work: (askForAll: AskForAll) => Promise<Result>,
  log: Log = room.log,
): Promise<Result> {
  await standAt(seen);
  const readModels = new ReadModels(room.database.queryUrl, { log, patienceMs: 20 });
  try {
    const asked = { ...everything, ...page, customerId };
    await readModels.ask(salesHistory, asked, seen);
    return await work(() => readModels.ask(salesHistory, asked, head()));
  } finally {
    await readModels.close();
  }
}

/** The sales history up to the log's end, where the read models have seen so much. */
const ask = (customerId: string, seen: bigint, page: Partial<Page> = {}, log?: Log): Promise<Answer> =>
  knowing(seen, customerId, page, (askForAll) => askForAll(), log);

function nextOf({ answer }: Answer): string {
  if (answer.kind !== 'found' || answer.thing.entries.next === null) throw new Error('there is no next page');
  return answer.thing.entries.next;
}

describe('A sales history goes on from what its rows have seen to the end of the log', () => {
  it.each([1, 4, 100])('and is the same wherever they stand, on a page of %d', async (limit) => {
    const whole = await ask(BERG, head(), { limit });
    for (let seen = before('OrderPlaced', BERG); seen < head(); seen++)
      expect({ seen, ...(await ask(BERG, seen, { limit })) }).toEqual({ seen, ...whole });
  });

  it('on a page that others come before', async () => {
    const limit = 2;
    const cursor = nextOf(await ask(BERG, head(), { limit }));
    const whole = await ask(BERG, head(), { limit, cursor });
    await expect(ask(BERG, before('OrderPlaced', SECOND), { limit, cursor })).resolves.toEqual(whole);
  });
});

describe('A sales history waits for its rows', () => {
  it('where something happened before the last entry of the page', async () => {
    await expect(ask(TANAKA, before('PaymentReceived', TANAKA))).rejects.toThrow(NotFresh);
  });

  it('where the customer was changed', async () => {
    await expect(ask(OTTO, before('CustomerReassigned', OTTO))).rejects.toThrow(NotFresh);
  });

  it('where a period is asked for', async () => {
    const page = { from: '2011-10-01' };
    await expect(ask(BERG, before('PaymentReversed', BERG), page)).rejects.toThrow(NotFresh);
  });

  it('where the page does not tell the number of an order', async () => {
    const page = { limit: 4, cursor: nextOf(await ask(BERG, head(), { limit: 4 })) };
    await expect(ask(BERG, before('PaymentReversed', BERG), page)).rejects.toThrow(NotFresh);
  });

  it('where they do not show an entry of the page', async () => {
    const page = { limit: 1, cursor: nextOf(await ask(TANAKA, head(), { limit: 1 })) };
    await expect(ask(TANAKA, before('OrderPlaced', TANAKA), page)).rejects.toThrow(NotFresh);
  });

  it('where they lack what could not be applied', async () => {
    const seen = before('PaymentReversed', BERG);
    await withClient(room.database.projectorUrl, async (client) => {
      await client.query(`
        INSERT INTO read_models.parked_events (projection, position, stream, revision, event_id, type)
        VALUES ('orders', 1, 'order-1', 0, gen_random_uuid(), 'OrderPlaced')`);
      await expect(ask(BERG, seen)).rejects.toThrow(NotFresh);
      await client.query('DELETE FROM read_models.parked_events');
    });
    await expect(ask(BERG, seen)).resolves.toMatchObject({ position: head() });
  });

  it('where the log can not be read', async () => {
    const readAll = (): AsyncIterable<never> => {
      throw new LogUnavailable('not now');
    };
    await expect(ask(BERG, before('PaymentReversed', BERG), {}, { readAll })).rejects.toThrow(NotFresh);
  });

  it('where they stand further back than was known', async () => {
    await knowing(before('PaymentReversed', BERG), BERG, {}, async (askForAll) => {
      await standAt(before('OrderPlaced', SECOND));
      await expect(askForAll()).rejects.toThrow(NotFresh);
      await expect(askForAll()).resolves.toMatchObject({ position: head() });
    });
  });
});

describe('Rows that stand further on than was known', () => {
  it('count once', async () => {
    const whole = await ask(BERG, head());
    await knowing(before('OrderPlaced', SECOND), BERG, {}, async (askForAll) => {
      await standAt(before('PaymentReversed', BERG));
      await expect(askForAll()).resolves.toEqual(whole);
    });
  });

  it('are known of from then on', async () => {
    let reads = 0;
    const readAll: Log['readAll'] = () => {
      reads++;
      return room.log.readAll({ limit: 0 });
    };
    const goesOn = async (askForAll: AskForAll) => {
      await standAt(head());
      await askForAll();
      await askForAll();
    };
    await knowing(before('OrderPlaced', SECOND), BERG, {}, goesOn, { readAll });
    expect(reads).toBe(1);
  });
});
