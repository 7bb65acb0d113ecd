import { EventStoreDbEventLog } from '#kontor/event-store/eventstoredb';
import { EventStoreDbStandIn } from '../../stand-ins/eventstoredb/index.js';
import { describeEventLog } from '../contract.js';

describeEventLog('EventStoreDB, a stand-in', async () => {
  const standIn = await EventStoreDbStandIn.start();
  const log = new EventStoreDbEventLog(standIn.url);
  const other = new EventStoreDbEventLog(standIn.url);
  return {
    log,
    other,
    hasIdIndex: false,
    drop: async () => {
      await Promise.all([log.close(), other.close()]);
      await standIn.stop();
    },
  };
});
