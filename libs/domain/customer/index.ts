export * from './block-customer.js';
export * from './change-segment.js';
export * from './correct-customer-details.js';
export * from './customer.js';
export * from './reassign-customer.js';
export * from './register-customer.js';
export * from './set-credit-terms.js';
export * from './unblock-customer.js';
