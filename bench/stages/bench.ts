import type { Run } from '../measuring/run.js';
import type { Server } from './server.js';
import type { WholesaleLog } from './wholesale-log.js';

/** What a row is given to measure with. */
export interface Bench extends Run {
  readonly server: Server;
  readonly wholesale: WholesaleLog;
}
