import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { migrateReadModels, readModelsDataSource, type AuditAction } from '#kontor/read-models';
import { anna, History } from '../../libs/read-models/testing/history.js';
import * as made from '../../libs/read-models/testing/mothers.js';
import { ReadingRoom, type Items } from './reading-room.js';

let room: ReadingRoom;
beforeAll(async () => {
  const history = new History()
    .add(made.customerRegistered(), { at: '2011-11-10T23:30:00.120-03:30' })
    .add(made.orderPlaced(), { at: '2011-11-11T00:15:00.000+05:45', by: anna, onBehalfOf: 'anna' })
    .add(made.commandRefused());
  room = await ReadingRoom.open(history);
});
afterAll(() => room.close());

it('Actions recorded before they were kept as they are answered are told as ever', async () => {
  const actions = async () => (await room.read<Items<AuditAction>>('/v1/audit/actions')).items;
  const before = await actions();
  expect(before).toHaveLength(3);

  const dataSource = await readModelsDataSource(room.database.projectorUrl).initialize();
  await dataSource.undoLastMigration();
  const formerly = await dataSource.query(`
    SELECT utc_offset, day::text, figures, amount FROM read_models.audit_actions ORDER BY position`);
  await dataSource.destroy();
  expect(formerly).toEqual([
    { utc_offset: -210, day: '2011-11-10', figures: null, amount: null },
    { utc_offset: 345, day: '2011-11-11', figures: null, amount: '10000' },
    { utc_offset: 0, day: '2011-11-11', figures: { averageRate: 1200, limit: 1000 }, amount: null },
  ]);

  await migrateReadModels(room.database.projectorUrl);
  expect(await actions()).toEqual(before);
});
