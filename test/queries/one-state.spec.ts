import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import sql from 'sql-template-tag';
import { migrateReadModels, projections, ReadModels, type Question } from '#kontor/read-models';
import { startDatabase, type TestDatabase } from '../support/database.js';

describe('A question to the read models', () => {
  let database: TestDatabase;
  let readModels: ReadModels;
  beforeAll(async () => {
    database = await startDatabase();
    await migrateReadModels(database.projectorUrl);
  });
  afterAll(() => database.drop());
  beforeEach(() => {
    readModels = new ReadModels(database.queryUrl, { connections: 1 });
  });
  afterEach(() => readModels.close());

  const ask = async (answer: Question<void, unknown>['answer']): Promise<unknown> =>
    (await readModels.ask({ reads: projections, answer }, undefined)).answer;
  const one = sql`SELECT 1 AS one`;
  const failing = sql`SELECT 1 / 0`;

  it('is answered from one state, by a transaction that can change nothing', async () => {
    const settings = await ask((snapshot) =>
      Promise.all([
        snapshot.rows(
          sql`SELECT current_setting('transaction_isolation') AS isolation, txid_current_snapshot()::text AS seen`,
        ),
        snapshot.rows(
          sql`SELECT current_setting('transaction_read_only') AS "readOnly", txid_current_snapshot()::text AS seen`,
        ),
      ]),
    );
    const [[{ seen }]] = settings as [[{ seen: string }]];
    expect(settings).toEqual([[{ isolation: 'repeatable read', seen }], [{ readOnly: 'on', seen }]]);
  });

  it('asks all before it waits', async () => {
    const answered = ask(async (snapshot) => [await snapshot.rows(one), await snapshot.rows(one)]);
    await expect(answered).rejects.toThrow('a question asks all that it asks before it waits for anything');
    await expect(ask((snapshot) => snapshot.rows(one))).resolves.toEqual([{ one: 1 }]);
  });

  it('fails as a whole, and the next one is answered', async () => {
    const answered = ask((snapshot) => Promise.all([snapshot.rows(one), snapshot.rows(failing)]));
    await expect(answered).rejects.toThrow('division by zero');
    await expect(ask((snapshot) => snapshot.rows(one))).resolves.toEqual([{ one: 1 }]);
  });

  it('may fail by itself after it has asked, whatever comes of that', async () => {
    for (const query of [one, failing]) {
      const answered = ask((snapshot) => {
        void snapshot.rows(query);
        return Promise.reject(new Error('changed its mind'));
      });
      await expect(answered).rejects.toThrow(query === one ? 'changed its mind' : 'division by zero');
      await expect(ask((snapshot) => snapshot.rows(one))).resolves.toEqual([{ one: 1 }]);
    }
  });
});
