export { superuser } from './data-directory.js';
export * from './owned-database.js';
export * from './postgres-server.js';
