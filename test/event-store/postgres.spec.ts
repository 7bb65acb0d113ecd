import { PostgresEventLog } from '#kontor/event-store';
import { startDatabase } from '../support/database.js';
import { describeEventLog } from './contract.js';

describeEventLog('PostgreSQL', async () => {
  const database = await startDatabase();
  const log = new PostgresEventLog(database.commandUrl);
  const other = new PostgresEventLog(database.commandUrl);
  return {
    log,
    other,
    hasIdIndex: true,
    drop: async () => {
      await Promise.all([log.close(), other.close()]);
      await database.drop();
    },
  };
});
