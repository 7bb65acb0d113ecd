export * from './credit-note.js';
export * from './issue-credit-note.js';
