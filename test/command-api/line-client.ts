import { once } from 'node:events';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { Office } from './support.js';

export interface AnswerLine {
  readonly status: number;
  readonly idempotencyKey?: string;
  readonly replayed?: boolean;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Somebody who writes commands and reads answers over a real connection. */
export class LineClient {
  private readonly lines: AsyncIterator<string>;

  private constructor(
    readonly request: ClientRequest,
    readonly response: IncomingMessage,
  ) {
    this.lines = createInterface({ input: response })[Symbol.asyncIterator]();
  }

  static async connect(
    office: Office,
    port: number,
    as = 'anna',
    token = office.token(as),
  ): Promise<LineClient> {
    const call = request({
      port,
      path: '/v1/commands',
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
    });
    call.flushHeaders();
    const [response] = (await once(call, 'response')) as [IncomingMessage];
    // A connection that is cut shows in the answers; nobody has to hear of it twice.
    call.on('error', () => undefined);
    response.on('error', () => undefined);
    return new LineClient(call, response);
  }

  send(...lines: readonly unknown[]): void {
    for (const line of lines)
      this.request.write(`${typeof line === 'string' ? line : JSON.stringify(line)}\n`);
  }

  /** The next answer; undefined at the end. */
  async next(): Promise<AnswerLine | undefined> {
    const { value, done } = await this.lines.next();
    return done ? undefined : (JSON.parse(value) as AnswerLine);
  }

  async answers(count = Infinity): Promise<AnswerLine[]> {
    const answers: AnswerLine[] = [];
    while (answers.length < count) {
      const answer = await this.next();
      if (!answer) break;
      answers.push(answer);
    }
    return answers;
  }

  end(): void {
    this.request.end();
  }
}

export async function listen(office: Office): Promise<number> {
  await office.app.listen(0, '127.0.0.1');
  const address = office.app.getHttpServer().address();
  if (typeof address !== 'object' || !address) throw new Error('not listening on a port');
  return address.port;
}
