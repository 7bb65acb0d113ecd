import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PostgresEventLog } from '#kontor/event-store';
import { Agent, request } from 'undici';
import { startDatabase, type TestDatabase } from '../support/database.js';
import { collect } from '../support/iterables.js';
import { aCustomer, issueTokens } from './support.js';

/** The built command API as a process of its own. */
class CommandApiProcess {
  readonly ended: Promise<readonly [code: number | null, signal: string | null]>;
  stderr = '';

  private constructor(readonly child: ChildProcess) {
    this.ended = once(child, 'close') as Promise<[number | null, string | null]>;
    child.stdout?.resume();
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
  }

  static start(environment: Record<string, string>): CommandApiProcess {
    const child = spawn(process.execPath, ['dist/apps/command-api/main.js'], {
      env: {
        PATH: process.env.PATH ?? '',
        KONTOR_COMMAND_PORT: '0',
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new CommandApiProcess(child);
  }

  /** Resolves with its address as soon as it listens. */
  async listening(): Promise<string> {
    const { promise, resolve } = Promise.withResolvers<string>();
    let said = '';
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const [, url] = /listening on (http:\S+?)"/.exec(said) ?? [];
      if (url) resolve(url);
    });
    const ended = this.ended.then(() => {
      throw new Error(`ended without listening: ${this.stderr}`);
    });
    return Promise.race([promise, ended]);
  }
}

describe('The process of the command API', () => {
  let database: TestDatabase;
  let tokens: Awaited<ReturnType<typeof issueTokens>>;
  beforeAll(async () => {
    database = await startDatabase();
    tokens = await issueTokens();
  });
  const started: CommandApiProcess[] = [];
  afterAll(async () => {
    for (const { child } of started) child.kill('SIGKILL');
    await database.drop();
  });
  const start = (settings: Record<string, string>): CommandApiProcess => {
    const api = CommandApiProcess.start(settings);
    started.push(api);
    return api;
  };

  const environment = () => ({
    KONTOR_EVENT_STORE_URL: database.commandUrl,
    KONTOR_JWKS_URL: tokens.jwksUrl,
  });

  it('loses no request when it is told to end under load, ends with code 0, and its successor goes on', async () => {
    const api = start(environment());
    const url = await api.listening();
    const token = await tokens.tokenFor('gina', 'general-director');
    const acknowledged = new Map<string, unknown>();
    const failures: string[] = [];
    const agent = new Agent({ connections: 32 });
    const enough = Promise.withResolvers<void>();
    const post = async (key: string, at = url) => {
      const { statusCode, body } = await request(`${at}/v1/customers`, {
        method: 'POST',
        dispatcher: agent,
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'idempotency-key': key,
        },
        body: JSON.stringify(aCustomer()),
      });
      return { statusCode, answer: await body.json() };
    };
    const customer = async (): Promise<void> => {
      for (;;) {
        const key = randomUUID();
        try {
          const { statusCode, answer } = await post(key);
          expect(statusCode).toBe(201);
          acknowledged.set(key, answer);
        } catch (failure) {
          failures.push(String(failure));
          return;
        }
        if (acknowledged.size > 300) enough.resolve();
      }
    };
    const customers = Promise.all(Array.from({ length: 32 }, customer));
    await Promise.race([enough.promise, customers]);
    expect(failures).toEqual([]);
    api.child.kill('SIGTERM');
    await customers;
    expect(await api.ended).toEqual([0, null]);
    expect(api.stderr).toBe('');
    // Who found the door closed: no request of theirs was taken in.
    for (const failure of failures) expect(failure).toMatch(/ECONNREFUSED|ECONNRESET|EPIPE|SocketError/);

    const log = new PostgresEventLog(database.commandUrl);
    const recorded = await collect(log.readAll());
    await log.close();
    expect(recorded).toHaveLength(acknowledged.size);

    const successor = start(environment());
    const newUrl = await successor.listening();
    const [key, first] = [...acknowledged].at(-1) ?? [];
    expect(await post(String(key), newUrl)).toEqual({ statusCode: 201, answer: first });
    await agent.close();
    successor.child.kill('SIGTERM');
    expect(await successor.ended).toEqual([0, null]);
  }, 60_000);

  it('says everything that is wrong with its configuration in one message, and ends with code 1', async () => {
    const api = start({ KONTOR_EVENT_STORE_URL: 'mysql://x', KONTOR_LOG_LEVEL: 'loud' });
    expect(await api.ended).toEqual([1, null]);
    expect(api.stderr).toContain('KONTOR_EVENT_STORE_URL must be a URL (postgres, postgresql, esdb');
    expect(api.stderr).toContain('KONTOR_JWKS_URL is not set');
    expect(api.stderr).toContain(
      'KONTOR_LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent',
    );
    expect(api.stderr).not.toContain('at ');
  });

  it('refuses keys from a file in production', async () => {
    const api = start({ ...environment(), NODE_ENV: 'production' });
    expect(await api.ended).toEqual([1, null]);
    expect(api.stderr).toContain('KONTOR_JWKS_URL must not be a file in production');
  });
});
