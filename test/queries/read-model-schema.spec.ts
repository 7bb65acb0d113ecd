import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readModelsDataSource } from '#kontor/read-models';
import { startDatabase, type TestDatabase } from '../support/database.js';

describe('The tables of the read models', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await startDatabase();
  });
  afterAll(() => database.drop());

  it('are what the entities say: the migrations leave nothing to change', async () => {
    const dataSource = await readModelsDataSource(database.projectorUrl).initialize();
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    await dataSource.destroy();

    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });
});
