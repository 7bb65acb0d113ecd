import { append } from './append.js';
import { catchUp } from './catch-up.js';
import { command } from './command.js';
import { commandsStream } from './commands-stream.js';
import { growth } from './growth.js';
import { hotStream } from './hot-stream.js';
import { lag } from './lag.js';
import { memory } from './memory.js';
import { query } from './query.js';
import { readAll } from './read-all.js';
import { rebuild } from './rebuild.js';
import type { Row } from './row.js';
import { start } from './start.js';

/** Every row, in the order in which they run. */
export const rows: readonly Row[] = [
  append,
  hotStream,
  command,
  commandsStream,
  readAll,
  catchUp,
  rebuild,
  lag,
  query,
  growth,
  memory,
  start,
];
