export * from './connection.js';
export * from './failures.js';
export * from './feed-consumer.js';
export * from './partition-of.js';
export * from './publisher.js';
export * from './security.js';
export * from './topics.js';
