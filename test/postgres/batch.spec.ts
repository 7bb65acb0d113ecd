import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client, type PreparedStatement, runAsOne } from '#kontor/postgres';
import { startDatabase } from '../support/database.js';

const inserting = (number: string): PreparedStatement => ({
  name: 'insert',
  text: 'insert into numbers values ($1) returning number',
  values: [number],
});

describe('A batch of statements', () => {
  let database: Awaited<ReturnType<typeof startDatabase>>;
  let client: Client;

  beforeAll(async () => {
    database = await startDatabase();
  });
  afterAll(() => database.drop());

  beforeEach(async () => {
    client = new Client({ connectionString: database.ownerUrl, pipeline: true });
    client.on('error', () => undefined);
    await client.connect();
    await client.query('create temporary table numbers (number integer primary key)');
  });
  afterEach(() => client.end());

  const numbers = async (): Promise<number[]> => {
    const { rows } = await client.query<{ number: number }>('select number from numbers order by number');
    return rows.map(({ number }) => number);
  };

  it('is one transaction, with a result for each statement', async () => {
    const results = await runAsOne(client, [inserting('1'), inserting('2')]);
    expect(results.map(({ rows }) => rows as unknown)).toEqual([[{ number: 1 }], [{ number: 2 }]]);
    const [only] = await runAsOne(client, [inserting('3')]);
    expect(only?.rows).toEqual([{ number: 3 }]);
    expect(await numbers()).toEqual([1, 2, 3]);
  });

  it('does nothing where a statement fails, and leaves the connection usable', async () => {
    await runAsOne(client, [inserting('1')]);
    const counting = { name: 'count', text: 'select count(*)::integer as count from numbers', values: [] };
    const failing = [inserting('2'), inserting('1'), counting];
    await expect(runAsOne(client, failing)).rejects.toThrow(/duplicate key/);
    expect(await numbers()).toEqual([1]);
    const [, counted] = await runAsOne(client, [inserting('2'), counting]);
    expect(counted?.rows).toEqual([{ count: 2 }]);
  });

  it('is part of a transaction under way', async () => {
    await client.query('begin');
    await runAsOne(client, [inserting('1')]);
    await client.query('rollback');
    expect(await numbers()).toEqual([]);
  });

  it('keeps its place among others', async () => {
    const [, , last] = await Promise.all([
      client.query(inserting('1')),
      runAsOne(client, [inserting('2'), inserting('3')]),
      client.query<{ number: number }>(inserting('4')),
    ]);
    expect(last.rows).toEqual([{ number: 4 }]);
    expect(await numbers()).toEqual([1, 2, 3, 4]);
  });

  it('may be lost with its connection', async () => {
    const lost = runAsOne(client, [{ name: 'sleep', text: 'select pg_sleep(60)', values: [] }]);
    client.hangUp();
    await expect(lost).rejects.toThrow('the connection was given up');
  });
});
