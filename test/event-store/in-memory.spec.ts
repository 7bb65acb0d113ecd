import { InMemoryEventLog } from '#kontor/event-store';
import { describeEventLog } from './contract.js';

describeEventLog('in memory', () => {
  const log = new InMemoryEventLog();
  return Promise.resolve({ log, other: log, hasIdIndex: true, drop: () => log.close() });
});
