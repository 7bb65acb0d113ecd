import { describe, expect, it } from '@jest/globals';
import { readSettings } from './settings.js';

describe('The settings of an EventStoreDB connection', () => {
  it('take user and password from the connection string, and leave them out of its name', () => {
    const { name, callOptions } = readSettings('esdb+discover://admin:ch%40nge%3Ait@cluster.example:2113');
    expect(callOptions).toEqual({
      credentials: { username: 'admin', password: 'ch@nge:it' },
      requiresLeader: true,
    });
    expect(name).toBe('esdb+discover://cluster.example:2113');
  });

  it('make credentials up for a server without TLS, which ignores them', () => {
    expect(readSettings('esdb://localhost:2113?tls=false').callOptions.credentials).toBeDefined();
  });

  it('need credentials with TLS', () => {
    expect(() => readSettings('esdb://localhost:2113')).toThrow(/user and password/);
    expect(() => readSettings('esdb://localhost:2113?tls=true')).toThrow(/user and password/);
  });

  it.each(['esdb:localhost', 'esdb://', 'postgres://localhost', 'esdb://only-user@localhost'])(
    'refuse %s',
    (url) => {
      expect(() => readSettings(url)).toThrow(/EventStoreDB URL/);
    },
  );

  it.each([
    'esdb://localhost:2113?tls=false',
    'esdb://localhost:2113/?tls=false',
    'esdb://a:1,b:2,c:3?tls=false&gossipTimeout=1',
    'esdb+discover://admin:changeit@cluster.example:2113',
  ])('open a client for %s', async (url) => {
    const client = readSettings(url).open('test');
    expect(client.connectionName).toMatch(/^kontor-test-/);
    await client.dispose();
  });
});
