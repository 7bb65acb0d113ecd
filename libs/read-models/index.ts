export * from './engine/memory-tables.js';
export * from './engine/project-in-memory.js';
export * from './engine/projection.js';
export * from './engine/table.js';
export * from './migrate.js';
export { projections } from './projections.js';
export { reportingViews } from './reporting/index.js';
