import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import {
  CursorInvalid,
  NotFresh,
  ReadModels,
  ReadModelsUnavailable,
  type Found,
  type Question,
} from '#kontor/read-models';
import { Problem } from '#kontor/service';
import type { FreshRequest } from './fields.js';

export const LOG_POSITION = 'x-log-position';

/** Asks the read models on behalf of a request: the answer's position goes into its header, what goes wrong becomes a problem. */
@Injectable()
export class Asking {
  constructor(private readonly readModels: ReadModels) {}

  async ask<Asked, Answer>(
    reply: FastifyReply,
    { atLeast }: FreshRequest,
    question: Question<Asked, Answer>,
    asked: Asked,
  ): Promise<Answer> {
    try {
      const { position, answer } = await this.readModels.ask(
        question,
        asked,
        atLeast === undefined ? undefined : BigInt(atLeast),
      );
      void reply.header(LOG_POSITION, String(position));
      return answer;
    } catch (failure) {
      throw toProblem(failure);
    }
  }

  /** The same for a single thing, which may be unknown or not for the eyes of whoever asks. */
  async askForOne<Asked, Thing>(
    reply: FastifyReply,
    request: FreshRequest,
    question: Question<Asked, Found<Thing>>,
    asked: Asked,
  ): Promise<Thing> {
    const answer = await this.ask(reply, request, question, asked);
    switch (answer.kind) {
      case 'found':
        return answer.thing;
      case 'unknown':
        throw Problem.notFound('There is no such thing.');
      case 'outside':
        throw Problem.forbidden('This is outside the scope of the role.');
    }
  }
}

function toProblem(failure: unknown): unknown {
  if (failure instanceof CursorInvalid)
    return Problem.malformed([{ path: 'cursor', message: 'is not of this list' }]);
  if (failure instanceof NotFresh || failure instanceof ReadModelsUnavailable)
    return Problem.unavailable(failure.message);
  return failure;
}
