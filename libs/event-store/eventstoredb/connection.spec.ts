import { expect, it } from '@jest/globals';
import { LogUnavailable } from '../port.js';
import { Connection } from './connection.js';
import { readSettings } from './settings.js';

it('A call whose turn does not come by the deadline ends without one', async () => {
  const limits = { tryMs: 60_000, deadlineMs: 1 };
  const connection = new Connection(readSettings('esdb://127.0.0.1:1?tls=false'), 'tests', limits, 1);
  const { promise: answer, resolve: serve } = Promise.withResolvers<string>();
  const first = connection.call(() => answer);
  await expect(connection.call(() => Promise.resolve('second'))).rejects.toThrow(LogUnavailable);
  serve('first');
  expect(await first).toBe('first');
  expect(await connection.call(() => Promise.resolve('third'))).toBe('third');
  await connection.close();
});
