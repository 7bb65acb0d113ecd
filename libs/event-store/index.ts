export * from './in-memory/in-memory-event-log.js';
export * from './open-event-log.js';
export * from './port.js';
export * from './postgres/index.js';
