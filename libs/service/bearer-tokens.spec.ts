import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { BearerTokens } from './bearer-tokens.js';

let server: Server;
let url: string;
let sign: (kid: string) => Promise<string>;

beforeEach(async () => {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const key = await exportJWK(publicKey);
  const keys = ['development-1', 'company-1'].map((kid) => ({ ...key, kid }));
  server = createServer((_, answer) => answer.end(JSON.stringify({ keys }))).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  sign = (kid) =>
    new SignJWT({ sub: 'anna', role: 'auditor' })
      .setProtectedHeader({ alg: 'ES256', kid })
      .setExpirationTime('1h')
      .sign(privateKey);
});
afterEach(() => {
  server.close();
});

describe('Bearer tokens', () => {
  it('are taken by the keys that a server publishes', async () => {
    const tokens = await BearerTokens.signedBy(url, { production: false });
    expect(await tokens.read(await sign('development-1'))).toMatchObject({
      actor: { actorId: 'anna', role: 'auditor' },
    });
  });

  it('signed by development keys are refused in production, wherever the keys are published', async () => {
    const tokens = await BearerTokens.signedBy(url, { production: true });
    expect(await tokens.read(await sign('company-1'))).toMatchObject({ actor: { actorId: 'anna' } });
    await expect(tokens.read(await sign('development-1'))).rejects.toMatchObject({
      document: { status: 401 },
    });
  });

  it('can be tried again where their keys cannot be fetched now', async () => {
    const token = await sign('company-1');
    server.close();
    await once(server, 'close');
    const tokens = await BearerTokens.signedBy(url, { production: true });
    await expect(tokens.read(token)).rejects.toMatchObject({ document: { status: 503 } });
  });
});
