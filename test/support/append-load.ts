import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { openEventLog } from '#kontor/event-store';
import { anEvent } from './events.js';

/**
 * A process that appends until it is killed: several writers, each with a stream of its own and all with one in common. Prints
 * `stream revision eventId` for every append that was acknowledged; repeats those whose outcome is unknown.
 */
const [url = '', common = '', writers = '8'] = process.argv.slice(2);
const log = await openEventLog(url);

async function appendUntilKilled(stream: string): Promise<void> {
  for (;;) {
    const events = await log.loadStream(stream).catch(() => undefined);
    if (!events) {
      await delay(20);
      continue;
    }
    const event = anEvent();
    const expected = events.at(-1)?.revision ?? 'no-stream';
    const outcome = await appendUntilAnswered(stream, expected, event);
    if (outcome.kind === 'appended') console.log(stream, outcome.revision, event.eventId);
    else if (outcome.kind === 'event-id-taken') throw new Error(`own id ${event.eventId} taken`);
  }
}

async function appendUntilAnswered(...append: [string, number | 'no-stream', ReturnType<typeof anEvent>]) {
  const [stream, expected, event] = append;
  for (;;) {
    try {
      return await log.append(stream, expected, [event]);
    } catch {
      await delay(20);
    }
  }
}

for (let writer = 0; writer < Number(writers); writer++)
  void appendUntilKilled(writer % 4 === 0 ? common : `load-${randomUUID()}`);
