import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { AnswerLine } from './line.js';
import { ApiSilent, type RoutedCommand, sendCommands } from './send-commands.js';
import { StreamRejected } from './lane.js';

const command = (key: string, lane = 'shop', after?: number): RoutedCommand => ({
  lane,
  line: { command: 'PlaceOrder', idempotencyKey: key, body: {} },
  ...(after === undefined ? {} : { after }),
});

const done = (idempotencyKey: string): AnswerLine => ({ status: 201, idempotencyKey, body: {} });

async function send(url: string, commands: RoutedCommand[], patienceMs?: number): Promise<string[]> {
  const answers: string[] = [];
  await sendCommands(commands, {
    url,
    tokens: new Map(),
    onAnswer: (index, { status }) => answers.push(`${commands[index]?.line.idempotencyKey} ${status}`),
    signal: new AbortController().signal,
    ...(patienceMs === undefined ? {} : { patienceMs }),
  });
  return answers;
}

const firstTime = () => {
  let isFirst = true;
  return () => {
    const was = isFirst;
    isFirst = false;
    return was;
  };
};

describe('sending commands through the stream', () => {
  let server: Server | undefined;
  const received: string[] = [];

  /** An API that answers each line as it is told to; undefined cuts the connection. */
  async function apiThat(answer: (key: string) => AnswerLine | undefined): Promise<string> {
    received.length = 0;
    server = createServer((request: IncomingMessage, response: ServerResponse) => {
      void (async () => {
        response.writeHead(200);
        for await (const text of createInterface({ input: request })) {
          const { idempotencyKey } = JSON.parse(text) as { idempotencyKey: string };
          received.push(idempotencyKey);
          const answered = answer(idempotencyKey);
          if (!answered) {
            request.socket.destroy();
            return;
          }
          response.write(`${JSON.stringify(answered)}\n`);
        }
        response.end();
      })();
    }).listen(0);
    await once(server, 'listening');
    const address = server.address();
    return `http://localhost:${typeof address === 'object' ? address?.port : ''}`;
  }

  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  it('hands on each answer in the order of the lines', async () => {
    const url = await apiThat(done);
    expect(
      await send(
        url,
        ['a', 'b', 'c'].map((key) => command(key)),
      ),
    ).toEqual(['a 201', 'b 201', 'c 201']);
  });

  it('sends everything from the unanswered line on again when the connection is lost', async () => {
    const isFirst = firstTime();
    const url = await apiThat((key) => (key === 'b' && isFirst() ? undefined : done(key)));
    expect(
      await send(
        url,
        ['a', 'b', 'c'].map((key) => command(key)),
      ),
    ).toEqual(['a 201', 'b 201', 'c 201']);
    expect(received.filter((key) => key === 'b')).toHaveLength(2);
  });

  it('sends a line that is to be tried later again, and what came after it too, so that nothing overtakes', async () => {
    const isFirst = firstTime();
    const url = await apiThat((key) =>
      key === 'b' && isFirst() ? { status: 503, idempotencyKey: 'b', body: {} } : done(key),
    );
    expect(
      await send(
        url,
        ['a', 'b', 'c'].map((key) => command(key)),
      ),
    ).toEqual(['a 201', 'b 201', 'c 201']);
    expect(received.slice(-2)).toEqual(['b', 'c']);
  });

  it('takes a refusal for an answer', async () => {
    const url = await apiThat((key) => ({ status: key === 'b' ? 409 : 201, idempotencyKey: key, body: {} }));
    expect(
      await send(
        url,
        ['a', 'b', 'c'].map((key) => command(key)),
      ),
    ).toEqual(['a 201', 'b 409', 'c 201']);
  });

  it('holds a command back until that of another lane which it needs is answered', async () => {
    const answered: string[] = [];
    const url = await apiThat((key) => {
      if (key === 'payment') answered.push(...received.filter((each) => each === 'order'));
      return done(key);
    });
    await send(url, [command('order', 'shop'), command('payment', 'office', 0)]);
    expect(received).toEqual(['order', 'payment']);
    expect(answered).toEqual(['order']);
  });

  it('gives up when nothing answers for as long as it is patient', async () => {
    const url = await apiThat(() => undefined);
    await expect(send(url, [command('a')], 0)).rejects.toThrow(ApiSilent);
  });

  it('does not go on when the API says that the stream can never pass', async () => {
    const url = await apiThat(() => ({ status: 413, body: { detail: 'line too long' } }));
    await expect(send(url, [command('a')])).rejects.toThrow(StreamRejected);
  });
});
