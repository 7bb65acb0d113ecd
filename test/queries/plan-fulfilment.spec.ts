import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PlanContribution, PlanFulfilmentItem } from '#kontor/read-models';
import { eur } from '../../libs/read-models/testing/mothers.js';
import { ANNAS_PLAN, LONDONS_PLAN, TERRITORY_PLAN } from '../../libs/read-models/testing/year.js';
import { type Items, ReadingRoom } from './reading-room.js';

let room: ReadingRoom;
beforeAll(async () => {
  room = await ReadingRoom.open();
});
afterAll(() => room.close());

describe('The fulfilment of plans', () => {
  const items = async (parameters: string) =>
    (await room.read<Items<PlanFulfilmentItem>>(`/v1/plan-fulfilment?${parameters}`)).items;

  it('is what was achieved of each target, the original kept', async () => {
    expect(await items('period=2011-11')).toEqual([
      {
        planId: ANNAS_PLAN,
        scope: { kind: 'account-manager', id: 'anna' },
        period: '2011-11',
        measure: 'ordered',
        productGroup: null,
        target: eur(1200),
        originalTarget: eur(1000),
        // −20 −50 −26 +20 +100 −10
        achieved: eur(14),
        fulfilment: 117,
      },
      {
        planId: ANNAS_PLAN,
        scope: { kind: 'account-manager', id: 'anna' },
        period: '2011-11',
        measure: 'ordered',
        productGroup: 'linen',
        target: eur(300),
        originalTarget: eur(300),
        // −10 +14 −26 +16 +100 −10
        achieved: eur(84),
        fulfilment: 2800,
      },
    ]);
  });

  it('goes by the manager whose customer it is now, if asked so', async () => {
    // What Berg did is ben's now; Tanaka buys in yen.
    expect(await items('period=2011-11&attribution=current')).toMatchObject([
      { achieved: eur(0), fulfilment: 0 },
      { achieved: eur(0), fulfilment: 0 },
    ]);
  });

  it('takes payments into account in the currency of the plan only, and has no rate for a target of 0', async () => {
    expect(await items('branchId=london&period=2011-Q4')).toMatchObject([
      { achieved: eur(60), fulfilment: 1200 },
    ]);
    expect(await items('territory=Germany')).toMatchObject([{ achieved: eur(0), fulfilment: null }]);
    expect(await items('accountManagerId=anna')).toHaveLength(2);
    expect(await items('period=2011-Q3')).toEqual([]);
  });

  it.each([
    ['anna’s, as posted', ANNAS_PLAN, 'posted'],
    ['anna’s, as of now', ANNAS_PLAN, 'current'],
    ['London’s, as posted', LONDONS_PLAN, 'posted'],
    ['London’s, as of now', LONDONS_PLAN, 'current'],
    ['a territory’s', TERRITORY_PLAN, 'posted'],
  ])('is the sum of its events: %s', async (_whose, planId, attribution) => {
    const figures = (await items(`attribution=${attribution}`)).filter((item) => item.planId === planId);
    const contributions: PlanContribution[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Items<PlanContribution> = await room.read(
        `/v1/plan-fulfilment/${planId}/events?limit=2&attribution=${attribution}${cursor && `&cursor=${cursor}`}`,
      );
      contributions.push(...page.items);
      cursor = page.next;
    }
    for (const { productGroup, achieved } of figures) {
      const mine = contributions.filter((item) => item.productGroup === productGroup);
      expect(mine.reduce((sum, { contribution }) => sum + contribution.amount, 0)).toBe(achieved.amount);
    }
    expect(figures.length).toBeGreaterThan(0);
  });

  it('comes in pages', async () => {
    const first = await room.read<Items<PlanFulfilmentItem>>('/v1/plan-fulfilment?limit=2');
    const second = await room.read<Items<PlanFulfilmentItem>>(`/v1/plan-fulfilment?cursor=${first.next}`);
    expect([...first.items, ...second.items]).toEqual(await items(''));
    expect(first.items).toHaveLength(2);
  });
});
