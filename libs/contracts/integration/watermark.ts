import { CONTENT_TYPE, cloudEventSource, cloudEventType, type CloudEventMessage } from './cloud-event.js';

const WATERMARK = cloudEventType('LogWatermark', 1);

/** Everything of the log up to `position` that belongs into the partition stands before this message. */
export const toWatermark = (position: bigint, logId: string): CloudEventMessage => ({
  headers: {
    'content-type': CONTENT_TYPE,
    ce_specversion: '1.0',
    ce_id: `watermark-${position}`,
    ce_source: cloudEventSource(logId),
    ce_type: WATERMARK,
    ce_logposition: position.toString(),
  },
  value: JSON.stringify({ position: position.toString() }),
});

export const isWatermark = ({ headers }: CloudEventMessage): boolean => headers['ce_type'] === WATERMARK;
