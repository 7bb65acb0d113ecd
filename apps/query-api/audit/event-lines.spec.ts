import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryEventLog, type ReadAllOptions, type RecordedEvent } from '#kontor/event-store';
import { eventLines } from './event-lines.js';

class CountingLog extends InMemoryEventLog {
  read = 0;

  override async *readAll(options?: ReadAllOptions): AsyncGenerator<RecordedEvent> {
    for await (const event of super.readAll(options)) {
      this.read += 1;
      yield event;
    }
  }
}

const EVENTS = 500;
let log: CountingLog;
let stop: AbortController;

beforeEach(async () => {
  log = new CountingLog();
  stop = new AbortController();
  for (let event = 0; event < EVENTS; event += 1)
    await log.append(`stream-${event}`, 'no-stream', [
      {
        eventId: randomUUID(),
        type: 'Tested',
        data: JSON.stringify({ text: 'x'.repeat(2_000) }),
        metadata: '{}',
      },
    ]);
});

const lines = async () => {
  const { position } = await log.head();
  return eventLines(log, { after: 0n, until: position, limit: Infinity, signal: stop.signal });
};

describe('The lines of the raw log', () => {
  it('are read no faster than they are taken', async () => {
    const chunks = await lines();
    await chunks.next();
    expect(log.read).toBeLessThan(EVENTS / 5);
    await chunks.next();
    expect(log.read).toBeLessThan((EVENTS * 2) / 5);
  });

  it('end with a whole line when the service drains', async () => {
    let text = '';
    for await (const chunk of await lines()) {
      text += chunk;
      stop.abort();
    }
    expect(text.endsWith('}\n')).toBe(true);
    expect(text.split('\n').length).toBeLessThan(EVENTS / 5);
  });

  it('do not go beyond the end that the log had when they were asked for', async () => {
    const chunks = await lines();
    await log.append('later', 'no-stream', [
      { eventId: randomUUID(), type: 'Tested', data: '{}', metadata: '{}' },
    ]);
    let count = 0;
    for await (const chunk of chunks) count += chunk.split('\n').length - 1;
    expect(count).toBe(EVENTS);
  });
});
