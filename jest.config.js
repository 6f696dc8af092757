// `pnpm test` runs these on the embedded database; with TEST_DATABASE_URL on that PostgreSQL server.
const typescript = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
}

export default {
  // Suites wait for servers and browsers more than they compute.
  maxWorkers: '100%',
  projects: [
    // Pure modules, from source, beside them: no server, no database, about a second.
    { ...typescript, displayName: 'units', testMatch: ['<rootDir>/packages/*/src/**/*.test.ts'] },
    { ...typescript, displayName: 'targets', rootDir: 'packages/targets', testMatch: ['<rootDir>/test/**/*.test.ts'] },
    {
      ...typescript,
      displayName: 'server',
      rootDir: 'packages/server',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      globalSetup: '<rootDir>/test/global-setup.ts',
      globalTeardown: '<rootDir>/test/global-teardown.ts',
    },
    { ...typescript, displayName: 'repository', testMatch: ['<rootDir>/test/**/*.test.ts'] },
  ],
  testTimeout: 180_000,
}
