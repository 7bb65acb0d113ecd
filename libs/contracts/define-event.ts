import { type Static, type TObject } from '@sinclair/typebox';

/** A stored event: its name on disk, the version of its payload and the payload's JSON schema, from which its type comes. */
export interface EventDefinition<Type extends string = string, Schema extends TObject = TObject> {
  readonly type: Type;
  readonly version: number;
  readonly schema: Schema;
}

/** An event's name and payload, without its envelope. */
export interface EventOf<Definition extends EventDefinition> {
  readonly type: Definition['type'];
  readonly data: Static<Definition['schema']>;
}

export function defineEvent<const Type extends string, Schema extends TObject>(
  type: Type,
  version: number,
  schema: Schema,
): EventDefinition<Type, Schema> {
  return { type, version, schema };
}
