import { Type } from '@sinclair/typebox';
import { eventDefinitions, type EventType } from '../events/index.js';
import { Fields, Uuid, ZonedInstant } from '../values.js';
import { Metadata } from '../envelope.js';
import {
  eventsByCategory,
  STREAM_CATEGORIES,
  type StreamCategory,
  TOPIC_PREFIX,
  topicOf,
} from './channels.js';
import { CONTENT_TYPE, cloudEventType } from './cloud-event.js';

const Position = Type.String({ pattern: '^[0-9]{1,19}$', examples: ['54321'] });

/** Attributes that every message has. */
const attributes = {
  'content-type': Type.Literal(CONTENT_TYPE),
  ce_specversion: Type.Literal('1.0'),
  ce_source: Type.String({
    pattern: '^urn:kontor:log:.+$',
    description: 'The log that the event stands in; it never changes but for another log.',
  }),
  ce_logposition: { ...Position, description: 'Rises along the log, and along a partition but for repeats.' },
};

const eventAttributes = Type.Object({
  ...attributes,
  ce_id: { ...Uuid, description: 'The event’s id: a message that comes again has the same one.' },
  ce_type: Type.String(),
  ce_subject: Type.String({ description: 'The stream, also the message’s key.' }),
  ce_time: { ...ZonedInstant, description: 'Business time, with the offset of the branch’s zone.' },
  ce_recordedtime: Type.String({ format: 'date-time', description: 'When the log took it down.' }),
  ce_partitionkey: Type.String({ description: 'The stream: order is kept within it.' }),
  ce_streamrevision: Type.String({ pattern: '^[0-9]+$', description: 'Number within the stream, from 0.' }),
  ce_metadata: Type.String({
    description: 'Who did it, for whom, under what authority: JSON of the schema Metadata.',
    contentMediaType: CONTENT_TYPE,
  }),
  ce_traceparent: Type.Optional(Type.String()),
});

const eventHeaders = (type: string, category: StreamCategory) => ({
  allOf: [
    { $ref: '#/components/schemas/EventAttributes' },
    {
      type: 'object',
      properties: { ce_type: { const: type }, ce_subject: { pattern: `^${category}-.+$` } },
    },
  ],
});

const eventMessage = (event: EventType, category: StreamCategory) => {
  const { version, schema } = eventDefinitions[event];
  return {
    name: cloudEventType(event, version),
    title: event,
    contentType: CONTENT_TYPE,
    headers: eventHeaders(cloudEventType(event, version), category),
    payload: schema,
    bindings: { kafka: { key: { type: 'string', description: 'The stream.' }, bindingVersion: '0.5.0' } },
  };
};

const watermark = {
  name: cloudEventType('LogWatermark', 1),
  title: 'LogWatermark',
  summary:
    'No event: everything of the log up to the position that belongs into the partition stands before it. ' +
    'Whoever only wants events leaves it out.',
  contentType: CONTENT_TYPE,
  headers: Type.Object({
    ...attributes,
    ce_id: Type.String({ pattern: '^watermark-[0-9]+$' }),
    ce_type: Type.Literal(cloudEventType('LogWatermark', 1)),
  }),
  payload: Fields({ position: Position }),
};

/** What is published, as an AsyncAPI 3 document made of the contracts themselves. Fields that identify a person carry `x-personal`. */
export function asyncApiDocument() {
  const messages = Object.fromEntries(
    STREAM_CATEGORIES.flatMap((category) =>
      eventsByCategory[category].map((event) => [event, eventMessage(event, category)] as const),
    ),
  );
  const messageNames = (category: StreamCategory) => [...eventsByCategory[category], 'LogWatermark'];
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Kontor',
      version: '1.0.0',
      description:
        'Every event of the log as a CloudEvent 1.0 in binary mode. At least once: `ce_id` tells repeats. ' +
        'In order within a stream, which is the message’s key. A deployment may let its topics begin with another ' +
        `word than \`${TOPIC_PREFIX}\`.`,
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: CONTENT_TYPE,
    channels: Object.fromEntries(
      STREAM_CATEGORIES.map((category) => [
        category,
        {
          address: topicOf(category),
          messages: Object.fromEntries(
            messageNames(category).map((name) => [name, { $ref: `#/components/messages/${name}` }]),
          ),
          bindings: { kafka: { topic: topicOf(category), bindingVersion: '0.5.0' } },
        },
      ]),
    ),
    operations: Object.fromEntries(
      STREAM_CATEGORIES.map((category) => [
        `publish-${category}`,
        { action: 'send', channel: { $ref: `#/channels/${category}` } },
      ]),
    ),
    components: {
      messages: { ...messages, LogWatermark: watermark },
      schemas: { EventAttributes: eventAttributes, Metadata },
    },
  };
}
