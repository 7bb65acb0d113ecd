export * from './migrate.js';
export type { RoleName, RolePasswords } from './roles.js';
