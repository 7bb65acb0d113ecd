import { Server, ServerCredentials, type sendUnaryData } from '@grpc/grpc-js';
import gossipService from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import featuresService from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streamsService from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { AppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import { once, EventEmitter } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { type AppendCall, type AppendRequest, checked, receiveAppend, Writer } from './appending.js';
import { type BatchCall, serveBatches } from './batches.js';
import { Failure, failures } from './failures.js';
import { StandInLog } from './log.js';
import { appendResponse, serializeResponse } from './messages.js';
import { answerRead, type ReadCall } from './reading.js';
import { Wire } from './wire.js';

export { failures } from './failures.js';

const { StreamsService } = streamsService;
const streams = { ...StreamsService, read: { ...StreamsService.read, responseSerialize: serializeResponse } };

export interface User {
  readonly name: string;
  readonly password: string;
}

/** Self-signed, for localhost. The key is as public as this file. */
const certificateFile = fileURLToPath(new URL('certificate/certificate.pem', import.meta.url));
const keyFile = fileURLToPath(new URL('certificate/key-for-tests.pem', import.meta.url));

/** As the real server's Kestrel: the 101st call on a connection waits. */
const streamsPerConnection = 100;

/**
 * A stand-in for one EventStoreDB node, for tests alone: the real gRPC protocol over a real socket, an in-memory log
 * behind it. It behaves as the real server was seen to behave where Kontor depends on it; where the two differ, the
 * stand-in is wrong.
 */
export class EventStoreDbStandIn {
  readonly log = new StandInLog();
  readonly wire = new Wire(() => ({ host: '127.0.0.1', port: this.#innerPort }));
  readonly #changes = new EventEmitter().setMaxListeners(0);
  readonly #writer = new Writer((request) => this.#append(request));
  #server: Server | undefined;
  #innerPort = 0;
  #port = 0;
  readonly #failing = { append: [] as Failure[], read: [] as Failure[] };
  #cutAfter = 0;
  /** Milliseconds that an append takes. */
  answersAfterMs = 0;
  /** Calls received, by method. */
  readonly calls = { append: 0, batchAppend: 0, read: 0 };

  private constructor(private readonly user: User | undefined) {
    // Any server has events of its own in $all.
    this.log.append('$$$settings', 'no-stream', [systemEvent('$metadata')]);
  }

  /** @param user with a user, it speaks TLS alone and lets nobody else in */
  static async start(user?: User): Promise<EventStoreDbStandIn> {
    const standIn = new EventStoreDbStandIn(user);
    await standIn.restart();
    return standIn;
  }

  get port(): number {
    return this.#port;
  }

  /** Resolves when this many calls of a method have come. */
  async received(method: keyof typeof this.calls, count: number): Promise<void> {
    while (this.calls[method] < count) await once(this.#changes, 'called');
  }

  get url(): string {
    if (!this.user) return `esdb://127.0.0.1:${this.#port}?tls=false`;
    const { name, password } = this.user;
    return `esdb://${name}:${encodeURIComponent(password)}@localhost:${this.#port}?tlsCAFile=${encodeURIComponent(certificateFile)}`;
  }

  /** Comes up again on the same port with what was stored; ids seen with `any` are forgotten. */
  async restart(): Promise<void> {
    this.log.forgetRecent();
    const server = new Server({ 'grpc.max_concurrent_streams': streamsPerConnection });
    server.addService(streams, {
      append: (call: AppendCall, callback: sendUnaryData<AppendResp>) => {
        this.#count('append');
        this.#answer('append', call, async () => {
          const request = await receiveAppend(call);
          const outcome = await this.#writer.write(request);
          if (this.answersAfterMs > 0) await delay(this.answersAfterMs);
          return appendResponse(outcome, request.expected);
        }).then((response) => this.#reply(() => callback(null, response)), callback);
      },
      batchAppend: (call: BatchCall) => {
        this.#count('batchAppend');
        serveBatches(call, async (request) => this.#writer.write(checked(request)));
      },
      read: (call: ReadCall) => {
        this.#count('read');
        this.#answer('read', call, () => answerRead(call, { log: this.log, appended: this.#appended })).catch(
          (error: unknown) => call.emit('error', error),
        );
      },
      delete: (_call: unknown, callback: sendUnaryData<never>) => callback(failures.unsupported('delete')),
      tombstone: (_call: unknown, callback: sendUnaryData<never>) =>
        callback(failures.unsupported('tombstone')),
    });
    server.addService(featuresService.ServerFeaturesService, {
      getSupportedMethods: (_call: unknown, callback: sendUnaryData<unknown>) =>
        callback(null, supportedMethods()),
    });
    server.addService(gossipService.GossipService, {
      read: (_call: unknown, callback: sendUnaryData<unknown>) => callback(null, this.#members()),
    });
    const credentials = this.user
      ? ServerCredentials.createSsl(null, [
          { cert_chain: await readFile(certificateFile), private_key: await readFile(keyFile) },
        ])
      : ServerCredentials.createInsecure();
    this.#innerPort = await new Promise<number>((resolve, reject) =>
      server.bindAsync('127.0.0.1:0', credentials, (error, port) => (error ? reject(error) : resolve(port))),
    );
    this.#server = server;
    this.#port = await this.wire.plug(this.#port);
  }

  /** As kill -9 does: connections are reset, nothing is answered, what was acknowledged stays stored. */
  async stop(): Promise<void> {
    await this.wire.unplug();
    this.#server?.forceShutdown();
    this.#server = undefined;
  }

  /** Answers the next calls of a method with these failures, one each. */
  failNext(method: 'append' | 'read', ...these: Failure[]): void {
    this.#failing[method].push(...these);
  }

  /** Keeps appends in flight until `release`. */
  holdAppends(): void {
    this.#writer.hold();
  }

  releaseAppends(): void {
    this.#writer.release();
  }

  /** Stores the next append and resets the connection instead of answering. */
  loseNextReply(): void {
    this.#cutAfter += 1;
  }

  /** Writes an event of the server's own into `$all`. */
  appendSystemEvent(): void {
    this.#append({
      stream: '$stats-127.0.0.1:2113',
      expected: 'any',
      events: [systemEvent('$statsCollected')],
    });
  }

  #append(request: AppendRequest) {
    const outcome = this.log.append(request.stream, request.expected, request.events);
    this.#changes.emit('appended');
    return outcome;
  }

  #count(method: keyof typeof this.calls): void {
    this.calls[method] += 1;
    this.#changes.emit('called');
  }

  readonly #appended = async (signal: AbortSignal): Promise<void> => {
    await once(this.#changes, 'appended', { signal }).catch(() => undefined);
  };

  async #answer<T>(
    method: 'append' | 'read',
    { metadata }: AppendCall | ReadCall,
    work: () => Promise<T>,
  ): Promise<T> {
    if (this.user && metadata.get('authorization')[0] !== basicAuthorization(this.user))
      throw failures.accessDenied();
    const failure = this.#failing[method].shift();
    if (failure) throw failure;
    return work();
  }

  #reply(answer: () => void): void {
    if (this.#cutAfter === 0) return answer();
    this.#cutAfter -= 1;
    this.wire.cut();
  }

  #members() {
    const endPoint = new gossip.EndPoint();
    endPoint.setAddress('127.0.0.1');
    endPoint.setPort(this.#port);
    const member = new gossip.MemberInfo();
    const id = new shared.UUID();
    id.setString(crypto.randomUUID());
    member.setInstanceId(id);
    member.setTimeStamp('0');
    member.setState(gossip.MemberInfo.VNodeState.LEADER);
    member.setIsAlive(true);
    member.setHttpEndPoint(endPoint);
    const info = new gossip.ClusterInfo();
    info.setMembersList([member]);
    return info;
  }
}

function basicAuthorization({ name, password }: User): string {
  return `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
}

function supportedMethods() {
  const methods = new features.SupportedMethods();
  methods.setEventStoreServerVersion('24.2.0');
  methods.setMethodsList(
    ['append', 'batchappend', 'read'].map((name) => {
      const method = new features.SupportedMethod();
      method.setServiceName('event_store.client.streams.streams');
      method.setMethodName(name);
      method.setFeaturesList(name === 'read' ? ['position', 'events'] : []);
      return method;
    }),
  );
  return methods;
}

function systemEvent(type: string) {
  const data = new TextEncoder().encode('{}');
  return { id: crypto.randomUUID(), type, contentType: 'application/json', data, metadata: data };
}
