import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, Module, Param, Post, Query } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Actor } from '#kontor/contracts';
import { IsInt, IsOptional, IsUUID, Length, Max, Min, ValidateNested } from 'class-validator';
import { Type } from 'class-transformer';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createService, TheActor } from './index.js';

class Price {
  @IsInt() amount!: number;
}
class Thing {
  @Length(1, 10) name!: string;
  @IsOptional() @ValidateNested() @Type(() => Price) price?: Price;
  @ValidateNested({ each: true }) @Type(() => Price) prices!: Price[];
}
class ThingPath {
  @IsUUID() thingId!: string;
}
class Page {
  @IsOptional() @IsInt() @Min(1) @Max(500) limit?: number;
}

@Controller('things')
class Things {
  @Post(':thingId')
  create(@Param() path: ThingPath, @Body() body: Thing, @TheActor() actor: Actor) {
    return { ...path, ...body, by: actor };
  }
  @Get()
  list(@Query() { limit }: Page) {
    return { limit };
  }
  @Get('broken')
  broken() {
    throw new Error('secret');
  }
}
@Module({ controllers: [Things] })
class ThingsModule {}

const THING = '/things/6f9619ff-8b86-4d01-b42d-00cf4fc964ff';
let app: NestFastifyApplication;
let token: string;
let sign: (claims: Record<string, unknown>, expires?: string) => Promise<string>;

beforeAll(async () => {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA');
  const file = join(await mkdtemp(join(tmpdir(), 'kontor-')), 'jwks.json');
  await writeFile(
    file,
    JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'development-1' }] }),
  );
  sign = (claims, expires = '1h') =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'EdDSA', kid: 'development-1' })
      .setExpirationTime(expires)
      .sign(privateKey);
  token = await sign({ sub: 'anna', role: 'account-manager', branch: 'london' });
  app = await createService(ThingsModule, {
    logLevel: 'silent',
    production: false,
    jwksUrl: pathToFileURL(file).href,
    document: { title: 'Things', description: 'For the test.', server: 'http://localhost' },
  });
});
afterAll(() => app.close());

const post = (payload: unknown, headers: Record<string, string> = {}) =>
  app.inject({
    method: 'POST',
    url: THING,
    payload: payload as object,
    headers: { authorization: `Bearer ${token}`, ...headers },
  });

describe('A service', () => {
  it('takes a well-formed request of a known actor', async () => {
    const answer = await post({ name: 'x', prices: [{ amount: 1 }] });
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toMatchObject({
      name: 'x',
      by: { actorId: 'anna', role: 'account-manager', branchId: 'london' },
    });
  });

  it('names every fault of a malformed request', async () => {
    const answer = await post({ price: { amount: 1.5 }, prices: [{ amount: 1, colour: 'red' }], more: 1 });
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({
      type: 'urn:kontor:problem:malformed',
      code: 'malformed',
      status: 400,
    });
    expect(answer.json().errors).toEqual(
      expect.arrayContaining([
        { path: 'name', message: 'is missing' },
        { path: 'more', message: 'is not a known field' },
        { path: 'price.amount', message: 'must be integer' },
        { path: 'prices.0.colour', message: 'is not a known field' },
      ]),
    );
  });

  it('says what is malformed before it asks for a token', async () => {
    expect((await post({}, { authorization: '' })).statusCode).toBe(400);
    expect((await post({ name: 'x', prices: [] }, { authorization: '' })).statusCode).toBe(401);
  });

  it.each([
    ['expired', () => sign({ sub: 'anna', role: 'auditor' }, '-1h')],
    ['of an unknown role', () => sign({ sub: 'anna', role: 'king' })],
    ['of nobody', () => sign({ role: 'auditor' })],
    ['not a token', () => Promise.resolve('x.y.z')],
  ])('refuses a token that is %s', async (_, make) => {
    const answer = await post({ name: 'x', prices: [] }, { authorization: `Bearer ${await make()}` });
    expect(answer.statusCode).toBe(401);
    expect(answer.json().code).toBe('unauthenticated');
  });

  it.each([
    ['broken JSON', '{', 400],
    ['invalid UTF-8', Buffer.from([0x22, 0xff, 0x22]), 400],
    ['a NUL character', '{"name":"\\u0000","prices":[]}', 400],
    ['a lone surrogate', '{"name":"\\ud800","prices":[]}', 400],
    ['prototype keys', '{"name":"x","prices":[],"__proto__":{"a":1}}', 400],
    ['bottomless nesting', '['.repeat(500_000), 400],
    ['bottomless nesting, closed', '['.repeat(500_000) + ']'.repeat(500_000), 400],
    ['a number beyond all bounds', '{"name":"x","prices":[{"amount":1e999}]}', 400],
    ['too many bytes', JSON.stringify({ name: 'x'.repeat(2 ** 20), prices: [] }), 413],
  ])('answers %s with a problem', async (_, payload, status) => {
    const answer = await post(payload, { 'content-type': 'application/json' });
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });

  it('takes nothing but JSON', async () => {
    expect((await post('a=b', { 'content-type': 'application/x-www-form-urlencoded' })).statusCode).toBe(415);
    expect((await post('x', { 'content-type': 'text/plain' })).statusCode).toBe(415);
  });

  it('reads numbers from query strings, and refuses what it does not know', async () => {
    const get = (url: string) => app.inject({ url, headers: { authorization: `Bearer ${token}` } });
    expect((await get('/things?limit=7')).json()).toEqual({ limit: 7 });
    expect((await get('/things?limit=501')).statusCode).toBe(400);
    expect((await get('/things?limit=1&limit=2')).statusCode).toBe(400);
    expect((await get('/things?offset=1')).statusCode).toBe(400);
  });

  it('keeps what nobody expected to itself', async () => {
    const answer = await app.inject({ url: '/things/broken', headers: { authorization: `Bearer ${token}` } });
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('secret');
  });

  it('answers an unknown path with a problem', async () => {
    const answer = await app.inject({ url: '/nowhere' });
    expect(answer.statusCode).toBe(404);
    expect(answer.json().code).toBe('not-found');
  });

  it('shows its health, its metrics and its document to anybody', async () => {
    expect((await app.inject({ url: '/health/live' })).statusCode).toBe(200);
    expect((await app.inject({ url: '/health/ready' })).json()).toEqual({ ready: true, checks: {} });
    expect((await app.inject({ url: '/metrics' })).body).toContain('http_request_duration_seconds');
    const document = (await app.inject({ url: '/openapi.json' })).json();
    expect(document.openapi).toBe('3.1.0');
    expect(document.components.schemas.Thing).toMatchObject({
      additionalProperties: false,
      required: ['name', 'prices'],
    });
    expect(document.paths['/things'].get.parameters).toMatchObject([{ name: 'limit', in: 'query' }]);
  });
});
