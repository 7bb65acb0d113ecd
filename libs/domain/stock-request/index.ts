export * from './cancel-stock-request.js';
export * from './confirm-stock-request.js';
export * from './dispatch-stock.js';
export { type MovedLine } from './moved-stock.js';
export * from './receive-stock.js';
export * from './refuse-stock-request.js';
export * from './request-stock.js';
export * from './stock-request.js';
