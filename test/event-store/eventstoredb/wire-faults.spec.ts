import { EventStoreDbStandIn } from '../../stand-ins/eventstoredb/index.js';
import { describeWireFaults } from './wire-faults.js';

describeWireFaults('EventStoreDB, a stand-in', async () => {
  const standIn = await EventStoreDbStandIn.start();
  return { url: standIn.url, wire: standIn.wire, close: () => standIn.stop() };
});
