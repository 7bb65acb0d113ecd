export * from './aggregate.js';
export * from './decision.js';
