export * from './engine/projection.js';
export * from './engine/table.js';
