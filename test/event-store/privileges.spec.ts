import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startDatabase, type TestDatabase } from '../support/database.js';
import { withClient } from '../support/raw-client.js';

describe('privileges on the log', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await startDatabase();
  });
  afterAll(() => database.drop());

  const run = (url: string, sql: string): Promise<unknown> =>
    withClient(url, async (client) => (await client.query(sql)).rows);

  const writes = [
    `insert into event_log.events values (1, 0, gen_random_uuid(), 0, 's', 't', '{}', '{}')`,
    `update event_log.events set data = '{}'`,
    `delete from event_log.events`,
    `truncate event_log.events`,
    `drop table event_log.events`,
    `alter table event_log.events disable trigger all`,
    `update event_log.identity set log_id = gen_random_uuid()`,
    `begin; lock table event_log.identity in share update exclusive mode`,
    `select * from event_log.append_one('s', -1, '{}', '{}', '{}', '{}', 0, '{}', '{}')`,
  ];

  it.each(writes)('refuses the command role: %s', async (sql) => {
    await expect(run(database.commandUrl, sql)).rejects.toThrow(/permission denied|must be owner/);
  });

  it('lets the command role append and read', async () => {
    const append = `select kind from event_log.append('{s}', '{-1}', '{1}', array[gen_random_uuid()], '{t}', '{"{}"}', '{"{}"}')`;
    expect(await run(database.commandUrl, append)).toEqual([{ kind: 'appended' }]);
    expect(await run(database.commandUrl, 'select type from event_log.events')).toEqual([{ type: 't' }]);
  });

  it.each(['projectorUrl', 'queryUrl'] as const)('lets the role of %s read, not append', async (role) => {
    expect(await run(database[role], 'select count(*)::int from event_log.events')).toEqual([
      { count: expect.any(Number) },
    ]);
    const append = `select event_log.append('{s}', '{-1}', '{1}', array[gen_random_uuid()], '{t}', '{"{}"}', '{"{}"}')`;
    await expect(run(database[role], append)).rejects.toThrow('permission denied');
    const appendAlone = `select event_log.append_alone('s', -1, gen_random_uuid(), 't', '{}', '{}', '{}', '{}')`;
    await expect(run(database[role], appendAlone)).rejects.toThrow('permission denied');
    const appendApart = `select event_log.append_apart('{s}', '{-1}', array[gen_random_uuid()], '{t}', '{"{}"}', '{"{}"}', '{}', '{}', '{}')`;
    await expect(run(database[role], appendApart)).rejects.toThrow('permission denied');
  });

  it('shows reporting tools nothing of the log', async () => {
    await expect(run(database.reportingUrl, 'select * from event_log.events')).rejects.toThrow(
      'permission denied',
    );
  });
});
