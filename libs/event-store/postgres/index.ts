export * from './migrate.js';
export * from './postgres-event-log.js';
export type { RoleName, RolePasswords } from './roles.js';
