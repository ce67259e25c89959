// The architecture, enforced: the rows of libs/FLOW.cjs, and what no row may change.
// test/architecture/flow.spec.ts plants one fault per rule and expects each to be reported.
const flow = require('./libs/FLOW.cjs');

const rows = Object.keys(flow);
const KERNELS = ['geo', 'scoring', 'merkle'];
// A spec is not part of the product: it may read files and use the test tools, and keeps every other rule.
const TEST_CODE = '\\.(spec|bench)\\.ts$';
const NODE_BUILT_IN = ['core'];
const PACKAGE = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-bundled', 'npm-no-pkg', 'npm-unknown'];
const inPackage = (names) => `(^|/)node_modules/(${names.join('|')})(/|$)`;

const flowRules = rows.map((lib) => ({
  name: `flow-${lib}`,
  comment: `${lib} may import ${flow[lib].join(', ') || 'no other library'}: a new arrow is a line in libs/FLOW.cjs and a reason in docs/decisions/.`,
  severity: 'error',
  from: { path: `^libs/${lib}/` },
  to: { path: '^libs/[^/]+/', pathNot: [`^libs/(${[lib, ...flow[lib]].join('|')})/`] },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...flowRules,
    {
      name: 'every-lib-has-a-row',
      comment: 'A library without a row in libs/FLOW.cjs has no place in the flow: give it one.',
      severity: 'error',
      from: {},
      to: { path: '^libs/[^/]+/', pathNot: [`^libs/(${rows.join('|')})/`] },
    },
    {
      name: 'only-through-the-door',
      comment: 'Another library is imported through its src/index.ts: what is not exported there is its own business.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/' },
      to: { path: '^libs/[^/]+/', pathNot: ['^libs/[^/]+/src/index\\.ts$', '^libs/$1/'] },
    },
    {
      name: 'only-through-the-door-from-outside',
      comment: 'Apps, tests and scripts import a library through its src/index.ts.',
      severity: 'error',
      from: { pathNot: ['^libs/'] },
      to: { path: '^libs/[^/]+/', pathNot: ['^libs/[^/]+/src/index\\.ts$'] },
    },
    {
      name: 'libs-never-import-apps',
      comment: 'An app puts libraries to work; a library knows no app.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'apps-never-import-apps',
      comment: 'What two apps share belongs in a library.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: ['^apps/$1/'] },
    },
    {
      name: 'the-map-sees-only-geo',
      comment: 'The map knows the service through the generated HTTP client; of the libraries it may use geo.',
      severity: 'error',
      from: { path: '^apps/map/' },
      to: { path: '^libs/', pathNot: ['^libs/geo/'] },
    },
    {
      name: 'kernels-use-no-node',
      comment: 'A kernel is functions from values to values: no file, clock, network or other part of Node.',
      severity: 'error',
      from: { path: `^libs/(${KERNELS.join('|')})/`, pathNot: [TEST_CODE] },
      to: { dependencyTypes: NODE_BUILT_IN },
    },
    {
      name: 'kernels-use-no-package',
      comment: 'A kernel needs no package, so that it can be read whole and given away; geo may use geometry ones.',
      severity: 'error',
      from: { path: `^libs/(${KERNELS.filter((lib) => lib !== 'geo').join('|')})/`, pathNot: [TEST_CODE] },
      to: { dependencyTypes: PACKAGE },
    },
    {
      name: 'geo-uses-geometry-packages-only',
      comment: 'geo may use geometry packages (d3-geo, @turf, the GeoJSON types) and no other.',
      severity: 'error',
      from: { path: '^libs/geo/', pathNot: [TEST_CODE] },
      to: { dependencyTypes: PACKAGE, pathNot: [inPackage(['d3-geo', '@turf', '@types/d3-geo', '@types/geojson'])] },
    },
    {
      name: 'model-uses-no-node',
      comment: 'src/model is pure: time, randomness and bytes from outside come in as arguments.',
      severity: 'error',
      from: { path: '^libs/[^/]+/src/model/', pathNot: [TEST_CODE] },
      to: { dependencyTypes: NODE_BUILT_IN },
    },
    {
      name: 'model-uses-no-framework',
      comment:
        'src/model knows no framework, database or network package, so that its rules can be read and tested alone.',
      severity: 'error',
      from: { path: '^libs/[^/]+/src/model/', pathNot: [TEST_CODE] },
      to: {
        path: inPackage([
          ...['@nestjs', '@fastify', 'fastify', 'reflect-metadata', 'rxjs'],
          ...['typeorm', 'pg', 'pg-[^/]+', '@types/pg', 'undici', 'pino'],
        ]),
      },
    },
    {
      name: 'model-imports-no-shell',
      comment: 'src/model is imported by the stores and services of its library and imports none of them.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/src/model/', pathNot: [TEST_CODE] },
      to: { path: '^libs/$1/src/', pathNot: ['^libs/$1/src/model/'] },
    },
    {
      name: 'model-imports-no-platform',
      comment:
        'src/model may name the types of platform and runs none of its code: that is configuration, database and network.',
      severity: 'error',
      from: { path: '^libs/[^/]+/src/model/', pathNot: [TEST_CODE] },
      to: { path: '^libs/platform/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'migrations-stand-alone',
      comment: 'A migration is never edited after merge, so it must not depend on code that is.',
      severity: 'error',
      from: { path: '^migrations/', pathNot: [TEST_CODE] },
      to: { path: '^(libs|apps|test)/' },
    },
    {
      name: 'only-platform-imports-migrations',
      comment: 'The schema is applied in one place.',
      severity: 'error',
      from: { path: '^(libs|apps)/', pathNot: ['^libs/platform/', TEST_CODE] },
      to: { path: '^migrations/' },
    },
    {
      name: 'product-imports-no-test-code',
      comment: 'What runs in production imports no spec and nothing of test/.',
      severity: 'error',
      from: { path: '^(libs|apps|migrations)/', pathNot: [TEST_CODE] },
      to: { path: ['^test/', TEST_CODE] },
    },
    {
      name: 'no-development-packages',
      comment: 'What runs on the server imports packages of `dependencies`: the others are not installed there.',
      severity: 'error',
      from: { path: '^(libs|apps|migrations)/', pathNot: ['^apps/map/', TEST_CODE] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-undeclared-packages',
      comment: 'A package that package.json does not name is there by the grace of another: it may go with any update.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or three. What a generator writes is its own affair.',
      severity: 'error',
      from: { pathNot: '^apps/map/src/generated/' },
      to: { circular: true },
    },
    {
      name: 'nothing-unresolvable',
      comment: 'What cannot be found escapes every rule above.',
      severity: 'error',
      from: {},
      // `virtual:` modules are made by the plugins of the map's build.
      to: { couldNotResolve: true, pathNot: ['^virtual:'] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
