import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Client } from '#kontor/postgres';
import { startDatabase } from '../support/database.js';

describe('The client of PostgreSQL', () => {
  let database: Awaited<ReturnType<typeof startDatabase>>;

  beforeAll(async () => {
    database = await startDatabase();
  });

  afterAll(async () => {
    await database.drop();
  });

  it('gives up a connection whose server is silent', async () => {
    const client = new Client({ connectionString: database.commandUrl, query_timeout: 50 });
    const ended = new Promise((resolve) => client.once('end', resolve));
    client.on('error', () => undefined);
    await client.connect();
    await expect(client.query('select pg_sleep(60)')).rejects.toThrow('the server did not answer in 50 ms');
    await ended;
  });

  it('passes on what the server refuses', async () => {
    const client = new Client({ connectionString: database.commandUrl });
    await client.connect();
    await expect(client.query('select 1 / 0')).rejects.toThrow(pg.DatabaseError);
    await expect(client.query('select 1 as one')).resolves.toMatchObject({ rows: [{ one: 1 }] });
    await client.end();
  });
});
