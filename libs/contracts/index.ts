export * from './codec.js';
export * from './codes.js';
export * from './define-event.js';
export * from './envelope.js';
export * from './events/index.js';
export * from './integration/index.js';
export * from './validator.js';
export * from './values.js';
