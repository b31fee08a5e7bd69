import { esmPackages } from './scripts/esm-packages.mjs';

// CommonJS, because Jest cannot require ES modules on Node 20; see docs/adr/0007-jest-compiles-to-commonjs.md
const swc = (jsc) => [
  '@swc/jest',
  {
    swcrc: false,
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
    jsc: { target: 'es2022', keepClassNames: true, ...jsc },
  },
];

/** What Jest must compile: ES modules, and what loads one by `import()`. */
const compiled = [...esmPackages(), '@fastify/cookie'].join('|');

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/test', '<rootDir>/demo', '<rootDir>/scripts', '<rootDir>/bench'],
  testRegex: '\\.(spec|e2e-spec)\\.ts$',
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': swc({
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
    }),
    '/node_modules/.+\\.m?js$': swc({ parser: { syntax: 'ecmascript' } }),
  },
  transformIgnorePatterns: [`/node_modules/(?!(${compiled})/)(?!.*/node_modules/)`],
  setupFiles: ['<rootDir>/test/support/environment.ts'],
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  testTimeout: 300_000,
  maxWorkers: 2,
};
