import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readModelsDataSource, type AuditAction } from '#kontor/read-models';
import { ActionsAsAnswered1794000009000 } from '../../libs/read-models/migrations/actions-as-answered.migration.js';
import { History } from '../../libs/read-models/testing/history.js';
import * as made from '../../libs/read-models/testing/mothers.js';
import { ReadingRoom, type Items } from './reading-room.js';

let room: ReadingRoom;
beforeAll(async () => {
  const history = new History()
    .add(made.customerRegistered(), { at: '2011-11-10T23:30:00.120-03:30' })
    .add(made.orderPlaced(), { at: '2011-11-11T00:15:00.000+05:45', onBehalfOf: 'anna' })
    .add(made.commandRefused());
  room = await ReadingRoom.open(history);
});
afterAll(() => room.close());

it('Actions recorded before they were kept as they are answered are told as ever', async () => {
  const actions = async () => (await room.read<Items<AuditAction>>('/v1/audit/actions')).items;
  const before = await actions();
  expect(before).toHaveLength(3);

  const dataSource = await readModelsDataSource(room.database.projectorUrl).initialize();
  const runner = dataSource.createQueryRunner();
  const migration = new ActionsAsAnswered1794000009000();
  await migration.down(runner);
  const formerly = await runner.query(`
    SELECT utc_offset, day::text, figures, amount FROM read_models.audit_actions ORDER BY position`);
  await migration.up(runner);
  await dataSource.destroy();
  expect(formerly).toEqual([
    { utc_offset: -210, day: '2011-11-10', figures: null, amount: null },
    { utc_offset: 345, day: '2011-11-11', figures: null, amount: '10000' },
    { utc_offset: 0, day: '2011-11-11', figures: { averageRate: 1200, limit: 1000 }, amount: null },
  ]);
  expect(await actions()).toEqual(before);
});
