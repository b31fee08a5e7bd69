/** The one order of modules: each imports only from those before it. */
const ORDER = [
  'platform',
  'timeline',
  'staff',
  'legislation',
  'classifications',
  'companies',
  'refugees',
  'reminders',
  'programme',
  'competences',
  'handovers',
  'visits',
  'internships',
  'igu',
  'matching',
  'welcome-house',
  'policy',
];

/** What a module offers to those after it; what is pure may be read by all. */
const OFFERED = String.raw`\.(?:module|service|entity|contract|problems|rules)\.ts$`;
const RULE_BOOK = '^src/legislation/rule-book[.]ts$';
/** Decisions: no framework, no database, nothing that reads or writes. */
const PURE = [String.raw`^src/.+\.(?:rules|policy|duties)\.ts$`, RULE_BOOK];

const inModules = (names) => `^src/(?:${names.join('|')})/`;

const order = ORDER.slice(0, -1).map((name, place) => ({
  name: `${name}-imports-nothing-after-it`,
  severity: 'error',
  from: { path: inModules([name]) },
  to: { path: inModules(ORDER.slice(place + 1)) },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...order,
    {
      name: 'every-module-stands-in-the-order',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: inModules(ORDER) },
      to: {},
    },
    {
      name: 'only-what-a-module-offers',
      comment: 'Platform offers everything; a reply may nest the reply of another module (dto).',
      severity: 'error',
      from: { path: '^src/([^/]+)/' },
      to: { path: '^src/[^/]+/', pathNot: ['^src/$1/', '^src/platform/', OFFERED, RULE_BOOK, '/dto/'] },
    },
    {
      name: 'only-a-dto-nests-a-dto',
      severity: 'error',
      from: { path: '^src/([^/]+)/', pathNot: '/dto/' },
      to: { path: '/dto/', pathNot: '^src/$1/' },
    },
    {
      name: 'pure-files-know-no-package',
      severity: 'error',
      from: { path: PURE },
      to: { path: 'node_modules/' },
    },
    {
      name: 'pure-files-know-no-machine',
      comment: 'Of Node only what calculates.',
      severity: 'error',
      from: { path: PURE },
      to: { dependencyTypes: ['core'], pathNot: '^(?:node:)?util$' },
    },
    {
      name: 'pure-files-neither-read-nor-write',
      severity: 'error',
      from: { path: PURE },
      to: { path: String.raw`\.(?:module|service|queries|controller|jobs|presenter)\.ts$` },
    },
    {
      name: 'nothing-stands-above-the-program',
      comment: 'main, worker and app.* put the modules together; no module knows them.',
      severity: 'error',
      from: { path: '^src/[^/]+/' },
      to: { path: String.raw`^src/[^/]+\.ts$` },
    },
    {
      name: 'nothing-imports-a-start',
      severity: 'error',
      from: {},
      to: { path: String.raw`(?:^|/)(?:main|worker)\.ts$` },
    },
    {
      name: 'the-program-knows-no-test-demo-script',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(?:test|demo|prove|scripts|bench)/' },
    },
    {
      name: 'nothing-imports-a-spec',
      severity: 'error',
      from: {},
      to: { path: String.raw`[.-]spec\.ts$` },
    },
    {
      name: 'migrations-stand-alone',
      comment: 'A migration says what was true on its day; code that changes later would change it.',
      severity: 'error',
      from: { path: '^migrations/' },
      to: { path: '^(?:src|scripts|demo|prove|test)/' },
    },
    {
      name: 'only-the-schema-version-knows-the-migrations',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/platform/database/schema-version[.]ts$' },
      to: { path: '^migrations/' },
    },
    {
      name: 'the-program-runs-without-dev-packages',
      severity: 'error',
      from: { path: '^(?:src|migrations)/', pathNot: String.raw`[.-]spec\.ts$` },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'every-import-is-found',
      comment: 'dist is there only after a build.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '/dist/' },
    },
    {
      name: 'no-circle',
      comment: 'Under ES modules a circle of classes ends the program at its start.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules/' },
    tsConfig: { fileName: 'tsconfig.json' },
    // also what is only a type: an arrow of knowledge is an arrow
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js'],
    },
  },
};
