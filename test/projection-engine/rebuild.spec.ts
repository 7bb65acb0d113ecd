import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeEvent } from '#kontor/contracts';
import { InMemoryEventLog } from '#kontor/event-store';
import { projectInMemory, rebuild, verify } from '#kontor/read-models';
import { collect } from '../support/iterables.js';
import type { TestDatabase } from '../support/database.js';
import { type Running, startRunner } from './running.js';
import {
  appendScript,
  changeOf,
  counted,
  inOneOrder,
  scripted,
  scriptedRows,
  startScriptedDatabase,
  storedRows,
  withClient,
} from './scripted-projection.js';

const viewStatements = [
  'DROP VIEW IF EXISTS reporting.scripted',
  'CREATE VIEW reporting.scripted AS SELECT sum(count)::integer AS total FROM read_models.scripted_rows',
];
const first = scripted('rebuilt');
/** Counts twice. */
const second = scripted('rebuilt', {
  version: 2,
  applyOne: (step, table) => changeOf(step.op === 'add' ? { ...step, columns: { count: 2 } } : step, table),
});

describe('A rebuild', () => {
  let database: TestDatabase;
  let log: InMemoryEventLog;
  let running: Running;
  beforeEach(async () => {
    database = await startScriptedDatabase();
    await withClient(database.projectorUrl, async (client) => {
      for (const statement of viewStatements) await client.query(statement);
    });
    log = new InMemoryEventLog();
  });
  afterEach(async () => {
    await running.stop();
    await database.drop();
  });

  const run = (projection = first): Running =>
    (running = startRunner({
      log,
      databaseUrl: database.projectorUrl,
      projections: [projection],
      viewStatements,
    }));
  const place = () => ({ log, databaseUrl: database.projectorUrl, viewStatements });
  const append = (count: number): Promise<bigint[]> =>
    Promise.all(
      Array.from({ length: count }, (_, index) =>
        appendScript(log, `customer-${index % 50}-${Math.random()}`, [counted(`row ${index % 700}`)]),
      ),
    );
  const total = () =>
    withClient(
      database.projectorUrl,
      async (client) =>
        (await client.query('SELECT total FROM reporting.scripted')).rows[0]?.total as unknown,
    );
  const describedTable = () =>
    withClient(database.projectorUrl, async (client) => {
      const { rows } = await client.query(`
        SELECT relacl::text, obj_description(c.oid) AS comment,
          (SELECT array_agg(indexdef ORDER BY indexdef) FROM pg_indexes WHERE schemaname = 'read_models' AND tablename = relname) AS indexes,
          (SELECT array_agg(conname || pg_get_constraintdef(o.oid) ORDER BY conname) FROM pg_constraint o WHERE conrelid = c.oid) AS constraints
        FROM pg_class c WHERE c.oid = 'read_models.scripted_rows'::regclass`);
      return rows[0] as unknown;
    });

  it('while writes go on equals a fresh replay, and leaves the table as it was but for its rows', async () => {
    await append(1_500);
    await run().reach(1_500n);
    const before = await describedTable();
    await withClient(database.projectorUrl, (client) =>
      client.query('UPDATE read_models.scripted_rows SET count = 7'),
    );

    const writing = append(500);
    const rebuilding = rebuild([first], place());
    await writing;
    await append(500);
    await rebuilding;
    await append(10);
    await running.reach(2_510n);

    const events = (await collect(log.readAll())).map(decodeEvent);
    expect(await storedRows(database.projectorUrl)).toEqual(
      inOneOrder(projectInMemory(first, events).rows(scriptedRows)),
    );
    expect(await verify([first], place())).toMatchObject([{ equal: true, position: 2_510n }]);
    expect(await total()).toBe(2_510);
    expect(await describedTable()).toEqual(before);
  });

  it('comes by itself where the code has another version than the rows', async () => {
    await append(20);
    await run().reach(20n);
    await running.stop();
    expect(await total()).toBe(20);
    await run(second).reach(20n);
    const [last = 0n] = await append(1);
    await running.reach(last);
    expect(await total()).toBe(42);
  });

  it('that is given up leaves everything as it was', async () => {
    await append(20);
    await run().reach(20n);
    await expect(
      rebuild([second], { ...place(), signal: AbortSignal.abort(new Error('enough')) }),
    ).rejects.toThrow('enough');
    expect(await total()).toBe(20);
    await expect(verify([first], place())).resolves.toMatchObject([{ equal: true }]);
  });
});

describe('A verification', () => {
  it('names the rows that are missing, unexpected or different from a fresh replay', async () => {
    const database = await startScriptedDatabase();
    const log = new InMemoryEventLog();
    for (const id of ['kept', 'lost', 'changed']) await appendScript(log, `customer-${id}`, [counted(id)]);
    const running = startRunner({ log, databaseUrl: database.projectorUrl, projections: [first] });
    await running.reach(3n);
    await withClient(database.projectorUrl, (client) =>
      client.query(`
        UPDATE read_models.scripted_rows SET count = 2 WHERE id = 'changed';
        DELETE FROM read_models.scripted_rows WHERE id = 'lost';
        INSERT INTO read_models.scripted_rows (id, part) VALUES ('added', 1)`),
    );
    const [verdict] = await verify([first], { log, databaseUrl: database.projectorUrl });
    expect(verdict).toMatchObject({
      equal: false,
      position: 3n,
      tables: [{ table: 'scripted_rows', equal: false, differing: 3 }],
    });
    expect(verdict?.tables[0]?.examples).toEqual(
      expect.arrayContaining([
        { key: { id: 'changed', part: '1' }, kind: 'different' },
        { key: { id: 'lost', part: '1' }, kind: 'missing' },
        { key: { id: 'added', part: '1' }, kind: 'unexpected' },
      ]),
    );
    await running.stop();
    await database.drop();
  });
});
