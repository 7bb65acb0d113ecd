import suites from './jest.config.mjs';

/** The suites against real engines (`npm run test:engines`), one at a time: each starts a server of its own. */
export default {
  ...suites,
  roots: ['<rootDir>/test/engines'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 120_000,
  maxWorkers: 1,
};
