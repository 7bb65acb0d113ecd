import { CommandRefused, encodeEvent, type DomainEvent, type Metadata } from '#kontor/contracts';
import {
  powersOf,
  record,
  refusedByAuthority,
  streamOf,
  type Aggregate,
  type Decision,
  type Refusal,
} from '#kontor/domain';
import {
  LogUnavailable,
  type AppendConditions,
  type AppendOutcome,
  type EventLog,
  type ExpectedRevision,
  type StreamSeen,
} from '#kontor/event-store';
import { NEVER_SEEN, type Aggregates, type Seen } from './aggregates.js';
import { accepted, problemAnswer, replayOf, type Answer } from './answer.js';
import type { Command } from './command.js';
import { Missing, type Concern, type Find, type Matter } from './matter.js';
import type { Zones } from './zones.js';

/** What a hearing needs of the process. */
export interface Room {
  readonly log: EventLog;
  readonly aggregates: Aggregates;
  readonly zones: Zones;
}

const RETRIES = 3;

/** Somebody was faster: what was decided is worth nothing. */
const OVERTAKEN = Symbol('overtaken');
type Outcome = Answer | typeof OVERTAKEN;

/**
 * How one command is decided: what it concerns is looked up, its authority judged, the decision taken, and its one event
 * appended. The order of the checks is the API's. Whatever dies on the way, the same command may be handed in again: it finds
 * what it did the first time.
 */
export class Hearing<
  State,
  Sight extends State | undefined,
  Event extends DomainEvent,
  Facts extends object,
> {
  private readonly stream: string;
  private readonly refusalStream: string;
  private readonly eventId: string;
  private readonly digest: string;
  /** Business time in milliseconds since 1970: as given, else the clock at the first try. */
  private readonly instant: number;

  constructor(
    private readonly room: Room,
    private readonly command: Command,
    private readonly matter: Matter<State, Sight, Event, Facts>,
    /** Whether what stands in the log is enough to decide on. */
    private readonly isEnough: (state: State | undefined) => state is Sight,
    /** Path of what is created. */
    private readonly created?: string,
  ) {
    this.stream = streamOf(matter.aggregate, matter.id);
    this.refusalStream = `refusal-${command.id}`;
    this.eventId = command.eventId;
    this.digest = command.digest();
    const { occurredAt } = command.fields;
    const now = Date.now();
    this.instant = occurredAt === undefined ? now : Math.min(Date.parse(occurredAt), now);
  }

  async conclude(): Promise<Answer> {
    try {
      let outcome = await this.decideFromMemory();
      for (let attempt = 0; outcome === OVERTAKEN && attempt <= RETRIES; attempt++)
        outcome = await this.decideFromLog();
      return outcome === OVERTAKEN ? problemAnswer('concurrency-conflict') : outcome;
    } catch (failure) {
      if (failure instanceof LogUnavailable) return problemAnswer('unavailable');
      throw failure;
    }
  }

  /** In one round trip: what is remembered may be outdated, but that is told by the append, the only way in which this ends well. */
  private async decideFromMemory(): Promise<Outcome> {
    const { matter } = this;
    const { aggregates } = this.room;
    const seen = aggregates.lastSeen(matter.aggregate, matter.id) ?? NEVER_SEEN;
    if (!this.isEnough(seen.state)) return OVERTAKEN;
    const unmoved: StreamSeen[] = [];
    const facts = await matter.facts(
      (aggregate, id) => this.find(aggregate, id, unmoved, aggregates.lastSeen(aggregate, id)),
      seen.state,
    );
    if (facts instanceof Missing) return OVERTAKEN;

    const concern = matter.concern(facts, seen.state);
    const occurredAt = this.occurredAt(concern);
    const ruling = this.rule(seen, seen.state, facts, concern, occurredAt);
    const idsMayBeIn = [this.stream, this.refusalStream];
    switch (ruling.kind) {
      case 'record':
        return this.record(seen, occurredAt, ruling.event, { unmoved, idsMayBeIn });
      case 'refuse':
        return this.refuse(seen, concern, occurredAt, ruling, { unmoved, idsMayBeIn });
      default:
        return OVERTAKEN;
    }
  }

  /** In two round trips: first all that is to be known, and what an earlier try may have left behind. */
  private async decideFromLog(): Promise<Outcome> {
    const { matter } = this;
    const { aggregates, log } = this.room;
    const unmoved: StreamSeen[] = [];
    const find: Find = (aggregate, id) => this.find(aggregate, id, unmoved);
    const remembered = aggregates.lastSeen(matter.aggregate, matter.id)?.state;
    const [seen, earlier, early] = await Promise.all([
      aggregates.load(matter.aggregate, matter.id),
      log.findEvent(this.eventId, [this.stream, this.refusalStream]),
      // Where the facts can be told from what was seen before.
      this.isEnough(remembered) ? matter.facts(find, remembered) : undefined,
    ]);
    if (earlier) return replayOf(earlier, this.digest, matter.ids, this.created);
    if (!this.isEnough(seen.state)) return notFound(matter.aggregate.category);
    const facts = early ?? (await matter.facts(find, seen.state));
    if (facts instanceof Missing) return notFound(facts.what);

    const concern = matter.concern(facts, seen.state);
    const occurredAt = this.occurredAt(concern);
    const ruling = this.rule(seen, seen.state, facts, concern, occurredAt);
    switch (ruling.kind) {
      case 'record':
        return this.record(seen, occurredAt, ruling.event, { unmoved });
      case 'refuse':
        return this.refuse(seen, concern, occurredAt, ruling, { unmoved });
      case 'stale':
        return problemAnswer('revision-stale', { revision: seen.revision });
      case 'nothing':
        return accepted(matter.ids, placeOf(seen));
      case 'repeats':
        return this.asAtRevision(ruling.revision);
      case 'unknown':
        return notFound(ruling.part);
    }
  }

  /** Finds a fact, and notes which stream must not move before the append. */
  private async find<Other, Its extends DomainEvent>(
    aggregate: Aggregate<Other, Its>,
    id: string,
    unmoved: StreamSeen[],
    remembered?: Seen<Other>,
  ): Promise<Other | Missing> {
    const { state, revision } = remembered ?? (await this.room.aggregates.load(aggregate, id));
    unmoved.push({ stream: streamOf(aggregate, id), revision });
    return state ?? new Missing(aggregate.category);
  }

  private rule(
    seen: Seen<State>,
    sight: Sight,
    facts: Facts,
    concern: Concern,
    occurredAt: string,
  ): Decision<Event> | { readonly kind: 'stale' } {
    const { command, matter } = this;
    const { actor, onBehalfOf, ifMatch } = command.call;
    const powers = powersOf(actor, onBehalfOf);
    if ('kind' in powers) return powers;
    const refusal = refusedByAuthority(command.name, powers, concern);
    if (refusal) return refusal;
    if (ifMatch !== undefined && ifMatch !== seen.revision) return { kind: 'stale' };
    return matter.decide(sight, facts, { actor: powers, occurredAt });
  }

  private async record(
    seen: Seen<State>,
    occurredAt: string,
    event: Event,
    conditions: AppendConditions,
  ): Promise<Outcome> {
    const { aggregates } = this.room;
    const outcome = await this.append(this.stream, seen.revision, event, occurredAt, conditions);
    switch (outcome.kind) {
      case 'appended':
        // Repeated: another try with this key stands there, perhaps of another command. The next attempt finds it.
        if (outcome.repeated) return OVERTAKEN;
        // Most that is made is not asked for again soon, and to keep it is work for the garbage collector (ADR 18).
        if (seen.revision !== 'no-stream')
          aggregates.learn(this.matter.aggregate, this.matter.id, seen, event, outcome);
        return accepted(this.matter.ids, outcome, this.created);
      case 'wrong-expected-revision':
        if (isBefore(outcome.actual, seen.revision)) aggregates.forget(this.stream);
        return OVERTAKEN;
      case 'stream-moved':
      case 'event-id-taken':
        return OVERTAKEN;
    }
  }

  /** What was asked for and not allowed is remembered; malformed requests and unknown ids are not. */
  private async refuse(
    { revision }: Seen<State>,
    { customerId, orderId, branchId }: Concern,
    occurredAt: string,
    { code, figures }: Refusal,
    { unmoved = [], ...others }: AppendConditions,
  ): Promise<Outcome> {
    const { command } = this;
    const { event } = record(CommandRefused, {
      commandId: command.id,
      command: command.name,
      stream: this.stream,
      ...(customerId !== undefined && { customerId }),
      ...(orderId !== undefined && { orderId }),
      ...(branchId !== undefined && { branchId }),
      code,
      figures,
    });
    const outcome = await this.append(this.refusalStream, 'no-stream', event, occurredAt, {
      unmoved: [...unmoved, { stream: this.stream, revision }],
      ...others,
    });
    return outcome.kind === 'appended' && !outcome.repeated ? problemAnswer(code, figures) : OVERTAKEN;
  }

  private async append(
    stream: string,
    expected: ExpectedRevision,
    event: DomainEvent,
    occurredAt: string,
    conditions: AppendConditions,
  ): Promise<AppendOutcome> {
    const { turn } = this.command.call;
    const { aggregates, log } = this.room;
    const encoded = encodeEvent(event, this.eventId, this.metadata(occurredAt));
    if (turn) await turn.comes;
    const appending = log.append(stream, expected, [encoded], conditions);
    if (log.keepsCallOrder) turn?.pass();
    const outcome = await appending;
    if (outcome.kind === 'stream-moved') aggregates.forget(outcome.stream);
    return outcome;
  }

  /** The answer that the event of an earlier command got. */
  private async asAtRevision(revision: number): Promise<Outcome> {
    for await (const event of this.room.log.readStream(this.stream, { from: revision, limit: 1 }))
      return accepted(this.matter.ids, event, this.created);
    return OVERTAKEN;
  }

  private occurredAt({ zoneOf, branchId }: Concern): string {
    return this.room.zones.at(this.instant, zoneOf ?? branchId);
  }

  private metadata(occurredAt: string): Omit<Metadata, 'schema'> {
    const { id, call } = this.command;
    const { actor, onBehalfOf, traceparent } = call;
    const acts = actor.role === 'sales-system' && onBehalfOf !== undefined;
    return {
      commandId: id,
      commandDigest: this.digest,
      correlationId: id,
      causationId: id,
      actor,
      ...(acts && { onBehalfOf }),
      authority: acts
        ? { kind: 'on-behalf-of', reference: onBehalfOf }
        : { kind: 'role', reference: actor.role },
      occurredAt,
      ...(traceparent !== undefined && { traceparent }),
    };
  }
}

const notFound = (what: string): Answer =>
  problemAnswer('not-found', {}, `There is no such ${what.replaceAll('-', ' ')}.`);

const placeOf = ({ revision, position }: Seen<unknown>) => ({
  revision: revision === 'no-stream' ? 0 : revision,
  position,
});

const isBefore = (actual: number | 'no-stream', seen: number | 'no-stream'): boolean =>
  actual === 'no-stream' || (seen !== 'no-stream' && actual < seen);
