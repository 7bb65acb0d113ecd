export * from './batch.js';
export * from './binary-arrays.js';
export * from './client.js';
export * from './listener.js';
