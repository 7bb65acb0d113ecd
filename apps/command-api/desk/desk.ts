import { Inject, Injectable } from '@nestjs/common';
import type { DomainEvent } from '#kontor/contracts';
import type { EventLog } from '#kontor/event-store';
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

  constructor(@Inject(EVENT_LOG) log: EventLog, zones: Zones) {
    this.room = { log, zones, aggregates: new Aggregates(log) };
  }

  /** Serves a command that makes its aggregate. */
  create<State, Event extends DomainEvent, Facts extends object>(
    command: Command,
    matter: Creation<State, Event, Facts>,
  ): Promise<Answer> {
    const isEnough = (_state: State | undefined): _state is State | undefined => true;
    return new Hearing(this.room, command, matter, isEnough, matter.path).conclude();
  }

  /** Serves a command on an aggregate that is there. */
  change<State, Event extends DomainEvent, Facts extends object>(
    command: Command,
    matter: Change<State, Event, Facts>,
  ): Promise<Answer> {
    const isEnough = (state: State | undefined): state is State => state !== undefined;
    return new Hearing(this.room, command, matter, isEnough).conclude();
  }
}
