// `pnpm test` runs these on the embedded database; with TEST_DATABASE_URL on that PostgreSQL server.
const typescript = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
}

export default {
  projects: [
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
  testTimeout: 60_000,
}
