import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AuditAction } from '#kontor/read-models';
import { BERG } from '../../libs/read-models/testing/mothers.js';
import { EVENTFUL_ORDER, TANAKAS_ORDER } from '../../libs/read-models/testing/year.js';
import { ReadingRoom, type Person } from './reading-room.js';

let room: ReadingRoom;
beforeAll(async () => {
  room = await ReadingRoom.open();
});
afterAll(() => room.close());

describe('Audited actions', () => {
  const actions = async (parameters: string) =>
    (await room.read<{ items: AuditAction[] }>(`/v1/audit/actions?limit=500&${parameters}`)).items;

  it('say who did what, for whom, under what authority, when, and with which result', async () => {
    expect(await actions(`orderId=${TANAKAS_ORDER}&type=OrderPlaced`)).toEqual([
      expect.objectContaining({
        type: 'OrderPlaced',
        outcome: 'accepted',
        actor: { actorId: 'shop', role: 'sales-system' },
        onBehalfOf: 'anna',
        authority: { kind: 'role', reference: 'sales-system' },
        occurredAt: '2011-11-11T12:00:00.000+00:00',
        amount: { amount: 3_000, currency: 'JPY' },
        code: null,
      }),
    ]);
  });

  it('tell a refused one with its code and figures', async () => {
    expect(await actions('outcome=refused')).toEqual([
      expect.objectContaining({
        type: 'GrantDiscount',
        code: 'order.discount-limit-exceeded',
        figures: { averageRate: 1200, limit: 1000 },
        orderId: EVENTFUL_ORDER,
        customerId: BERG,
      }),
    ]);
  });

  it('are every event, in the order of the log', async () => {
    const positions = (await actions('')).map(({ position }) => position);
    expect(positions).toEqual(room.events.map(({ position }) => String(position)));
  });

  it.each<[string, (action: AuditAction) => boolean]>([
    ['actorId=bea', ({ actor }) => actor.actorId === 'bea'],
    ['onBehalfOf=anna', ({ onBehalfOf }) => onBehalfOf === 'anna'],
    [`customerId=${BERG}`, ({ customerId }) => customerId === BERG],
    [`orderId=${EVENTFUL_ORDER}`, ({ orderId }) => orderId === EVENTFUL_ORDER],
    ['type=GrantDiscount', ({ type }) => type === 'GrantDiscount'],
    ['outcome=accepted', ({ outcome }) => outcome === 'accepted'],
    ['from=2011-11-11&to=2011-11-12', ({ occurredAt }) => /^2011-11-1[12]/.test(occurredAt)],
  ])('can be narrowed by %s', async (filter, matches) => {
    const expected = (await actions('')).filter(matches);
    expect(expected.length).toBeGreaterThan(0);
    expect(await actions(filter)).toEqual(expected);
  });
});

describe('The raw log', () => {
  const lines = async (parameters = '', person: Person = 'audrey') => {
    const { text, headers } = await room.get(`/v1/audit/events?${parameters}`, person);
    expect(headers['content-type']).toContain('application/x-ndjson');
    return text.split('\n').filter(Boolean);
  };
  const positionsOf = (texts: readonly string[]) =>
    texts.map((text) => BigInt((JSON.parse(text) as { position: string }).position));

  it('comes as the exact texts that were stored', async () => {
    const texts = await lines();
    expect(texts).toHaveLength(room.events.length);
    for (const [index, { data, metadata, eventId }] of room.events.entries()) {
      expect(texts[index]?.endsWith(`"data":${data},"metadata":${metadata}}`)).toBe(true);
      expect(JSON.parse(texts[index] ?? '')).toMatchObject({ eventId, data: JSON.parse(data) });
    }
  });

  it('goes on after a position, and stops at a limit', async () => {
    const whole = positionsOf(await lines());
    const first = positionsOf(await lines('limit=7'));
    const rest = positionsOf(await lines(`after=${first.at(-1)}`));
    expect(first).toHaveLength(7);
    expect([...first, ...rest]).toEqual(whole);
    expect(await lines(`after=${whole.at(-1)}`)).toEqual([]);
  });

  it('can be that of one stream', async () => {
    const stream = `order-${EVENTFUL_ORDER}`;
    const expected = room.events.filter((event) => event.stream === stream).map(({ position }) => position);
    expect(positionsOf(await lines(`stream=${stream}`))).toEqual(expected);
    expect(positionsOf(await lines(`stream=${stream}&after=${expected[0]}&limit=2`))).toEqual(
      expected.slice(1, 3),
    );
    expect(await lines('stream=order-unknown')).toEqual([]);
  });

  it('shows a branch director the branch’s events', async () => {
    const branches = (await lines('', 'bert')).map(
      (text) => (JSON.parse(text) as { data: { branchId: string } }).data.branchId,
    );
    expect(new Set(branches)).toEqual(new Set(['berlin']));
  });

  it('tells how far it has seen', async () => {
    const { headers } = await room.get('/v1/audit/events?limit=1');
    expect(headers['x-log-position']).toBe(String(room.events.at(-1)?.position));
  });
});
