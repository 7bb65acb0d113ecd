import { Inject, Injectable } from '@nestjs/common';
import type { DomainEvent } from '#kontor/contracts';
import type { EventLog } from '#kontor/event-store';
import { Metrics } from '#kontor/service';
import { Lanes } from '#kontor/waiting';
import { Counter } from 'prom-client';
import { Aggregates } from './aggregates.js';
import type { Answer } from './answer.js';
import type { Command } from './command.js';
import { EVENT_LOG } from './event-log.js';
import { Hearing, type Room } from './hearing.js';
import type { Change, Creation } from './matter.js';
import { Zones } from './zones.js';

/** Where handlers hand in their commands. */
@Injectable()
export class Desk {
  private readonly room: Room;
  /** One key is served one at a time: an engine without an index over event ids could not tell two outcomes of it apart. */
  private readonly keys = new Lanes();
  private readonly served: Counter<'command' | 'status'>;

  constructor(@Inject(EVENT_LOG) log: EventLog, zones: Zones, metrics: Metrics) {
    this.room = { log, zones, aggregates: new Aggregates(log) };
    this.served = new Counter({
      name: 'kontor_commands_total',
      help: 'Commands served, single or by the stream, by the status of their answer',
      labelNames: ['command', 'status'],
      registers: [metrics.registry],
    });
  }

  /** Serves a command that makes its aggregate. */
  create<State, Event extends DomainEvent, Facts extends object>(
    command: Command,
    matter: Creation<State, Event, Facts>,
  ): Promise<Answer> {
    const isEnough = (_state: State | undefined): _state is State | undefined => true;
    return this.serve(command, () => new Hearing(this.room, command, matter, isEnough, matter.path));
  }

  /** Serves a command on an aggregate that is there. */
  change<State, Event extends DomainEvent, Facts extends object>(
    command: Command,
    matter: Change<State, Event, Facts>,
  ): Promise<Answer> {
    const isEnough = (state: State | undefined): state is State => state !== undefined;
    return this.serve(command, () => new Hearing(this.room, command, matter, isEnough));
  }

  private async serve(
    command: Command,
    open: () => { readonly conclude: () => Promise<Answer> },
  ): Promise<Answer> {
    const answer = await this.keys.run([command.id], () => open().conclude());
    this.served.inc({ command: command.name, status: answer.status });
    return answer;
  }
}
