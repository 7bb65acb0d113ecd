import { randomUUID } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Role } from '#kontor/contracts';
import { InMemoryEventLog, type EventLog, type RecordedEvent } from '#kontor/event-store';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createCommandApi } from '../../apps/command-api/create-command-api.js';
import { collect } from '../support/iterables.js';
import type { StreamLimits } from '../../apps/command-api/commands/answer-queue.js';
import { Zones } from '../../apps/command-api/desk/zones.js';
import { Policy } from '../../apps/command-api/policy.js';

/** Keys of a test's own, published in a file, and tokens signed by them. */
export async function issueTokens() {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA');
  const file = join(await mkdtemp(join(tmpdir(), 'kontor-keys-')), 'jwks.json');
  await writeFile(
    file,
    JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'development-1' }] }),
  );
  return {
    jwksUrl: pathToFileURL(file).href,
    tokenFor: (sub: string, role: Role, branch?: string, expires: string | number = '1h') =>
      new SignJWT({ sub, role, ...(branch !== undefined && { branch }) })
        .setProtectedHeader({ alg: 'EdDSA', kid: 'development-1' })
        .setExpirationTime(expires)
        .sign(privateKey),
  };
}

type Tokens = Awaited<ReturnType<typeof issueTokens>>;

export interface Answered {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, unknown>>;
}

export interface CallOptions {
  readonly key?: string;
  readonly as?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The command API in this process, its log, and people who call it. */
export class Office {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly log: EventLog,
    readonly jwksUrl: string,
    readonly tokenFor: Tokens['tokenFor'],
    private readonly tokens: Readonly<Record<string, string>>,
  ) {}

  static async open(
    log: EventLog = new InMemoryEventLog(),
    {
      streamLimits,
      successorOf,
    }: { readonly streamLimits?: StreamLimits; readonly successorOf?: Office } = {},
  ): Promise<Office> {
    const { jwksUrl, tokenFor } = successorOf ?? (await issueTokens());
    const app = await createCommandApi(
      {
        log,
        policy: await Policy.read('config/discount-policy.json'),
        zones: await Zones.read('config/zones.json'),
        queryUrl: 'http://query.test',
        ...(streamLimits && { streamLimits }),
      },
      { logLevel: 'silent', production: false, jwksUrl },
    );
    const tokens = {
      anna: await tokenFor('anna', 'account-manager', 'london'),
      ben: await tokenFor('ben', 'account-manager', 'london'),
      diana: await tokenFor('diana', 'branch-director', 'london'),
      dora: await tokenFor('dora', 'branch-director', 'dover'),
      carl: await tokenFor('carl', 'commercial-director'),
      gina: await tokenFor('gina', 'general-director'),
      wendy: await tokenFor('wendy', 'warehouse'),
      alex: await tokenFor('alex', 'accounting'),
      audrey: await tokenFor('audrey', 'auditor'),
      rita: await tokenFor('rita', 'reporting'),
      shop: await tokenFor('shop', 'sales-system', 'london'),
    };
    return new Office(app, log, jwksUrl, tokenFor, tokens);
  }

  token(name: string): string {
    const token = this.tokens[name];
    if (!token) throw new Error(`nobody here is called ${name}`);
    return token;
  }

  async post(
    path: string,
    body: unknown,
    { key = randomUUID(), as = 'anna', headers = {} }: CallOptions = {},
  ) {
    const answer = await this.app.inject({
      method: 'POST',
      url: path,
      headers: {
        authorization: `Bearer ${this.token(as)}`,
        'content-type': 'application/json',
        'idempotency-key': key,
        ...headers,
      },
      payload: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
    });
    const { statusCode: status, headers: answered } = answer;
    return { status, headers: answered, body: answer.json() } satisfies Answered;
  }

  /** A customer of Anna's, in London. */
  async customer(): Promise<string> {
    const { body } = await this.post('/v1/customers', aCustomer());
    return String(body['customerId']);
  }

  /** An order of 100.00 by a customer of Anna's. */
  async order(customerId?: string): Promise<string> {
    const { body } = await this.post('/v1/orders', anOrder(customerId ?? (await this.customer())));
    return String(body['orderId']);
  }

  async recorded(): Promise<readonly RecordedEvent[]> {
    return collect(this.log.readAll());
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.log.close();
  }
}

export const aCustomer = (fields: object = {}) => ({
  naturalPerson: false,
  name: 'Hill & Sons',
  address: { country: 'United Kingdom' },
  currency: 'GBP',
  segment: 'retail',
  territory: 'United Kingdom',
  branchId: 'london',
  accountManagerId: 'anna',
  ...fields,
});

export const anOrder = (customerId: string, fields: object = {}) => ({
  customerId,
  lines: [{ sku: 'CLOTH', quantity: '10', unitPrice: '10.00' }],
  ...fields,
});

export const gbp = (amount: number) => ({ amount, currency: 'GBP' });
