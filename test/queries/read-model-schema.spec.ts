import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { migrateReadModels, readModelsDataSource } from '#kontor/read-models';
import { startDatabase, type TestDatabase } from '../support/database.js';
import { withClient } from '../support/raw-client.js';

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

describe('The schema for reporting tools', () => {
  let database: TestDatabase;
  let reader: pg.Client;
  beforeAll(async () => {
    database = await startDatabase();
    reader = new pg.Client({ connectionString: database.reportingUrl });
    await reader.connect();
  });
  afterAll(async () => {
    await reader.end();
    await database.drop();
  });

  const asOwner = (statement: string) => withClient(database.projectorUrl, (owner) => owner.query(statement));
  const names = async (query: string): Promise<string[]> =>
    (await reader.query<{ name: string }>(query)).rows.map(({ name }) => name);

  it('has the promised views, each readable by the reporting role', async () => {
    const views = await names(
      `SELECT table_name AS name FROM information_schema.views WHERE table_schema = 'reporting' ORDER BY 1`,
    );
    expect(views).toEqual([
      'audit_actions',
      'customer_months',
      'customer_sales_history',
      'customers',
      'order_lines',
      'orders',
      'plan_fulfilment',
      'stock_requests',
      'turnover',
    ]);
    for (const view of views) await reader.query(`SELECT * FROM reporting.${view}`);
  });

  it('says what every view and every column means', async () => {
    const silent = await names(`
      SELECT c.relname || coalesce('.' || a.attname, '') AS name
      FROM pg_class c
      LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
      WHERE c.relnamespace = 'reporting'::regnamespace
        AND (obj_description(c.oid) IS NULL OR col_description(c.oid, a.attnum) IS NULL)`);
    expect(silent).toEqual([]);
  });

  it('stays as it is where all are there, even if the owner has others that read them', async () => {
    await asOwner('CREATE VIEW reporting.of_our_own AS SELECT * FROM reporting.turnover');
    await expect(migrateReadModels(database.projectorUrl)).resolves.toBeUndefined();
    await asOwner('DROP VIEW reporting.of_our_own');
  });

  it.each([
    ['is missing', 'DROP VIEW reporting.turnover CASCADE'],
    [
      'is of another release',
      `DROP VIEW reporting.turnover CASCADE;
       CREATE VIEW reporting.turnover AS SELECT 'formerly' AS day;
       COMMENT ON SCHEMA reporting IS 'another edition'`,
    ],
  ])('is made whole where a view %s', async (_what, statement) => {
    const columns = () =>
      names(
        `SELECT attname AS name FROM pg_attribute WHERE attrelid = to_regclass('reporting.turnover') AND attnum > 0`,
      );
    const promised = await columns();
    await asOwner(statement);
    expect(await columns()).not.toEqual(promised);

    await migrateReadModels(database.projectorUrl);
    expect(await columns()).toEqual(promised);
  });

  it.each([
    ['tables of the read models', 'SELECT * FROM read_models.customers'],
    ['the log', 'SELECT * FROM event_log.events'],
    ['changes', 'DELETE FROM reporting.customers'],
    ['tables of its own', 'CREATE TABLE reporting.mine (id integer)'],
  ])('does not open %s to the reporting role', async (_what, statement) => {
    await expect(reader.query(statement)).rejects.toThrow(/permission denied/);
  });
});
