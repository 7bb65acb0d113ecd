import { hash } from 'node:crypto';
import { Command as CommandOf } from '@nestjs/cqrs';
import type { CommandName, LineIds } from '#kontor/domain';
import type { Answer } from './answer.js';
import type { Call } from './call.js';
import type { Dated } from './dated.js';
import { canonicalJson } from './canonical-json.js';
import { commandIdOf, derivedId, namespaceOf, numberedIds, type Namespace } from './ids.js';

/** A command as it was sent: its fields (those of the path among them), by whom, under which key. */
export abstract class Command<Fields extends Dated = Dated> extends CommandOf<Answer> {
  /** Fixed for ever: it stands in the log. */
  abstract readonly name: CommandName;
  readonly id: string;
  private readonly namespace: Namespace;

  constructor(
    readonly fields: Fields,
    readonly call: Call,
  ) {
    super();
    this.id = commandIdOf(call.actor.actorId, call.idempotencyKey);
    this.namespace = namespaceOf(this.id);
  }

  /** The id that the caller left to us, the same whenever the command is sent again. */
  idFor(field: string): string {
    return derivedId(this.namespace, field);
  }

  /** The same for the lines of an order or a credit note. */
  get lineIds(): LineIds {
    return { lineIdAt: numberedIds(this.idFor('lines')) };
  }

  /** The event's id, be it accepted or refused: a command has one outcome. */
  get eventId(): string {
    return derivedId(this.namespace, '0');
  }

  /** Tells this command from another under the same key: everything that was sent, in canonical form. */
  digest(): string {
    const { onBehalfOf = null, ifMatch = null } = this.call;
    return hash('sha256', canonicalJson([this.name, onBehalfOf, ifMatch, this.fields]), 'hex');
  }
}

/** A class of commands: a name, and how one is made of what was sent. */
export interface CommandClass<Fields extends Dated> {
  new (fields: Fields, call: Call): Command<Fields>;
  readonly commandName: CommandName;
  readonly refersTo: readonly string[];
}

/**
 * The class that commands of a name extend: `class BlockCustomer extends command('BlockCustomer')<…> {}`.
 *
 * @param refersTo fields that name what the command needs to know of and does not change
 */
export function command(name: CommandName, refersTo: readonly string[] = []) {
  return class<Fields extends Dated> extends Command<Fields> {
    static readonly commandName = name;
    static readonly refersTo = refersTo;
    readonly name = name;
  };
}
