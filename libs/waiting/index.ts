export * from './backoff.js';
export * from './turns.js';
