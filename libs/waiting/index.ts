export * from './backoff.js';
export * from './lanes.js';
export * from './settles-within.js';
export * from './turns.js';
export * from './until-aborted.js';
