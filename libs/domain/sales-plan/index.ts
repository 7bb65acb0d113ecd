export * from './close-sales-plan.js';
export * from './revise-sales-plan.js';
export * from './sales-plan.js';
export * from './set-sales-plan.js';
