/** The arrows between rooms (docs/architecture.md). A room may import what stands here and nothing else of ours. */
const rooms = {
  'libs/contracts': [],
  'libs/domain': ['libs/contracts'],
  'libs/waiting': [],
  'libs/postgres': ['libs/waiting'],
  'libs/event-store': ['libs/contracts', 'libs/postgres', 'libs/waiting'],
  'libs/read-models': ['libs/contracts', 'libs/event-store', 'libs/postgres', 'libs/waiting'],
  'libs/service': ['libs/contracts'],
  'libs/kafka': ['libs/contracts', 'libs/event-store'],
  'apps/command-api': ['libs'],
  'apps/projector': ['libs'],
  'apps/query-api': ['libs'],
  'apps/cli': ['libs'],
};

/** Packages that only one room may know. */
const confined = {
  '@eventstore/db-client': 'libs/event-store/eventstoredb',
  kafkajs: 'libs/kafka',
  typeorm: 'libs/read-models|apps/query-api',
};

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-test-code-in-production',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '\\.spec\\.ts$|/testing/' },
      to: { path: '^test/|\\.spec\\.ts$|/testing/' },
    },
    {
      name: 'no-undeclared-package',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '\\.spec\\.ts$|/testing/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev', 'unknown', 'undetermined'] },
    },
    {
      name: 'domain-is-pure',
      comment: 'No clock, no I/O, no framework in the rules.',
      severity: 'error',
      from: { path: '^libs/(domain|contracts)/', pathNot: '\\.spec\\.ts$|/testing/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'domain-knows-no-framework',
      severity: 'error',
      from: { path: '^libs/domain/', pathNot: '\\.spec\\.ts$|/testing/' },
      to: {
        path: 'node_modules/',
        pathNot: 'node_modules/(@sinclair/typebox|big\\.js|@types/big\\.js|currency-codes)/',
      },
    },
    ...Object.entries(rooms).map(([room, allowed]) => ({
      name: `arrows-from-${room.replace('/', '-')}`,
      severity: 'error',
      from: { path: `^${room}/` },
      to: {
        path: '^(apps|libs|test|bench)/',
        pathNot: [`^${room}/`, ...allowed.map((path) => `^${path}/`), '^test/'].join('|'),
      },
    })),
    ...Object.entries(confined).map(([name, where]) => ({
      name: `only-${where.replaceAll(/[^a-z]+/g, '-')}-knows-${name.replaceAll(/[^a-z]+/g, '')}`,
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: `^(${where})/` },
      to: { path: `node_modules/${name}/` },
    })),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'default', 'types'],
    },
  },
};
