export * from './migrate.js';
export * from './postgres-event-log.js';
export { roles, type RoleName, type RolePasswords } from './roles.js';
