import type { EventDefinition } from './define-event.js';
import { UnreadableEvent } from './unreadable-event.js';

/** Makes of a payload of one version what the next version would have stored. */
export type Upcast = (data: unknown) => unknown;

/** By event type, then by the version that the payload comes from. */
export type Upcasters = Readonly<Record<string, Readonly<Record<number, Upcast>>>>;

/** A new version of an event's payload comes with the step that leads to it: `OrderPlaced: { 1: (data) => … }`. */
export const upcasters: Upcasters = {};

/** Brings a payload to the version of its definition, step by step; throws `UnreadableEvent` where a step is missing. */
export function upcast(
  data: unknown,
  from: number,
  { type, version }: Pick<EventDefinition, 'type' | 'version'>,
  steps: Upcasters = upcasters,
): unknown {
  if (from > version) throw new UnreadableEvent(`${type} of version ${from}, newer than ${version}`);
  let current = data;
  for (let step = from; step < version; step++) {
    const toNext = steps[type]?.[step];
    if (!toNext) throw new UnreadableEvent(`${type} of version ${step}, which nothing brings to ${step + 1}`);
    current = toNext(current);
  }
  return current;
}
