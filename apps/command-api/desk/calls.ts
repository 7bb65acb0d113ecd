import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Problem } from '#kontor/service';
import type { Answer } from './answer.js';
import { Capacity } from './capacity.js';
import type { Command } from './command.js';

/** Where single calls come in. They are turned away when too much is under way. */
@Injectable()
export class Calls {
  private readonly capacity = new Capacity();

  constructor(private readonly commands: CommandBus) {}

  /** @throws {Problem} 429 */
  async answer(command: Command): Promise<Answer> {
    if (!this.capacity.tryEnter())
      throw Problem.tooMany('Too much is under way; the same call may be made again.');
    try {
      return await this.commands.execute(command);
    } finally {
      this.capacity.leave();
    }
  }
}
