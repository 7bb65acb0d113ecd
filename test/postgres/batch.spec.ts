import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client, type PreparedStatement, runAsOne, textsOf } from '#kontor/postgres';
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
    expect(results).toEqual([[{ number: 1 }], [{ number: 2 }]]);
    expect(await runAsOne(client, [inserting('3')])).toEqual([[{ number: 3 }]]);
    expect(await numbers()).toEqual([1, 2, 3]);
  });

  it('does nothing where a statement fails, and leaves the connection usable', async () => {
    await runAsOne(client, [inserting('1')]);
    const counting = { name: 'count', text: 'select count(*)::integer as count from numbers', values: [] };
    const failing = [inserting('2'), inserting('1'), counting];
    await expect(runAsOne(client, failing)).rejects.toThrow(/duplicate key/);
    expect(await numbers()).toEqual([1]);
    const [, counted] = await runAsOne(client, [inserting('2'), counting]);
    expect(counted).toEqual([{ count: 2 }]);
  });

  it('reads each column as the client is set up to, and nulls', async () => {
    const text = `select 1 as one, '2'::bigint as "two's", null as "or none" union all select 3, 4, 'five' order by one`;
    const rows = [
      { one: 1, "two's": '2', 'or none': null },
      { one: 3, "two's": '4', 'or none': 'five' },
    ];
    const asking = { name: 'columns', text, values: [] };
    expect(await runAsOne(client, [asking, asking])).toEqual([rows, rows]);
    expect(await runAsOne(client, [asking])).toEqual([rows]);
    expect(await textsOf(client, asking)).toEqual([
      ['1', '2', null],
      ['3', '4', 'five'],
    ]);
  });

  it('knows the columns anew of what had to be prepared again', async () => {
    const all = { name: 'all', text: 'table numbers', values: [] };
    await expect(runAsOne(client, [inserting('1'), all, inserting('1')])).rejects.toThrow(/duplicate key/);
    await client.query('alter table numbers rename to figures');
    await client.query(`create temporary table numbers as select 'one' as name`);
    expect(await runAsOne(client, [all])).toEqual([[{ name: 'one' }]]);
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

  const sleeping = { name: 'sleep', text: 'select pg_sleep(60)', values: [] };

  it('may be lost with its connection', async () => {
    const lost = runAsOne(client, [sleeping]);
    client.hangUp();
    await expect(lost).rejects.toThrow('the connection was given up');
  });

  it('is not waited for longer than the client has patience', async () => {
    const impatient = new Client({ connectionString: database.ownerUrl, query_timeout: 50 });
    impatient.on('error', () => undefined);
    await impatient.connect();
    await expect(textsOf(impatient, sleeping)).rejects.toThrow('the server did not answer in 50 ms');
  });
});
