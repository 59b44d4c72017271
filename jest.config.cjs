// One configuration for every workspace: sources are compiled by swc, so a test needs no build.
const source = (name) => `<rootDir>/${name}/src/index.ts`;

/** @type {import('jest').Config} */
module.exports = {
  globalSetup: '<rootDir>/test/support/run-folder.cjs',
  setupFilesAfterEnv: ['<rootDir>/test/support/bytes-equality.cjs'],
  testEnvironment: '<rootDir>/test/support/own-folder-environment.cjs',
  runtime: '<rootDir>/test/support/shared-modules-runtime.cjs',
  // A bound against hanging, not a measure of speed: slow and busy machines must pass too.
  testTimeout: 240_000,
  // Also where there are two cores only, one of which jest would leave idle.
  maxWorkers: '100%',
  // What a test file leaves behind in its worker adds up over hundreds: a worker that holds more is begun anew.
  workerIdleMemoryLimit: '1500MB',
  roots: [
    'core',
    'chaincode',
    'auditor',
    'plant-year',
    'embedded-peer',
    'client-sdk',
    'spreadsheets',
    'reports',
    'gateway-api',
    'cli',
    'console',
    'network',
    'test',
    'scripts',
  ].map((folder) => `<rootDir>/${folder}`),
  testMatch: ['**/*.test.ts'],
  moduleNameMapper: {
    // What is loaded only when it is needed is named by the file that the compiler writes.
    '^(\\./(?:commands/[a-z-]+|context|service/open-service|output/help/help-words|standing)|\\.\\./sheets/write-form)\\.js$':
      '$1',
    '^#digest-platform$': '<rootDir>/core/src/digest/platform.ts',
    '^@carbon-ledger/core/([a-z-]+)$': '<rootDir>/core/src/$1/index.ts',
    '^@carbon-ledger/client-sdk/verify$': '<rootDir>/client-sdk/src/verify.ts',
    '^@carbon-ledger/embedded-peer/thread$': '<rootDir>/embedded-peer/src/thread/peer-thread.ts',
    '^@carbon-ledger/auditor/given$': '<rootDir>/auditor/src/stored/given-file.ts',
    '^@carbon-ledger/auditor/stored$': '<rootDir>/auditor/src/stored/index.ts',
    '^@carbon-ledger/plant-year/trial$': '<rootDir>/plant-year/src/trial/index.ts',
    '^@carbon-ledger/core$': source('core'),
    '^@carbon-ledger/auditor$': source('auditor'),
    '^@carbon-ledger/plant-year$': source('plant-year'),
    '^@carbon-ledger/chaincode$': source('chaincode'),
    '^@carbon-ledger/embedded-peer$': source('embedded-peer'),
    '^@carbon-ledger/client-sdk$': source('client-sdk'),
    '^@carbon-ledger/spreadsheets/kinds$': '<rootDir>/spreadsheets/src/kinds.ts',
    '^@carbon-ledger/spreadsheets$': source('spreadsheets'),
    '^@carbon-ledger/reports$': source('reports'),
    '^@carbon-ledger/gateway-api$': source('gateway-api'),
  },
  transform: {
    '^.+\\.(t|j|mj)s$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  transformIgnorePatterns: ['/node_modules/(?!(@noble|jose)/)'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['/dist/'],
};
