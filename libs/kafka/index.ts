export * from './connection.js';
export * from './failures.js';
export * from './publisher.js';
export * from './topics.js';
