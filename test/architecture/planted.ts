type Flow = Readonly<Record<string, readonly string[]>>;
type Files = Readonly<Record<string, string>>;

/** Packages of the planted tree: empty ones of the same names, so that nothing but names decides. */
export const PACKAGES = {
  declared: {
    dependencies: { 'd3-geo': '1', pg: '1', typeorm: '1', zod: '1' },
    devDependencies: { 'fast-check': '1' },
  },
  installed: ['d3-geo', 'pg', 'typeorm', 'zod', 'fast-check', 'undeclared'],
};

/** A small tree that draws every arrow of the table, and does everything else that is allowed. */
export const LAWFUL_TREE = (flow: Flow): Files => ({
  ...Object.fromEntries(
    Object.entries(flow).map(([lib, allowed]) => [
      `libs/${lib}/src/index.ts`,
      `${allowed.map((other) => `export * from '@faultline/${other}';`).join('\n')}\nexport const ${lib} = 1;\n`,
    ]),
  ),
  'libs/geo/src/project.ts': `import { geoEquirectangular } from 'd3-geo';\nexport const projection = geoEquirectangular;\n`,
  'libs/merkle/src/merkle.spec.ts': `import fs from 'node:fs';\nimport fc from 'fast-check';\nfs.rmSync(fc);\n`,
  'libs/platform/src/migrations.ts': `import { First } from '../../../migrations/1-first.js';\nexport const all = [First];\n`,
  'libs/evidence/src/model/claim.ts': `import { z } from 'zod';\nimport type { platform } from '@faultline/platform';\nexport const Claim = z as platform;\n`,
  'libs/evidence/src/evidence.store.ts': `import pg from 'pg';\nimport { Claim } from './model/claim.js';\nexport const store = [pg, Claim];\n`,
  'libs/evidence/src/evidence.db.spec.ts': `import { testDb } from '../../../test/support/test-db.js';\nawait testDb();\n`,
  'migrations/1-first.ts': `import { MigrationInterface } from 'typeorm';\nexport class First implements MigrationInterface {}\n`,
  'apps/api/src/main.ts': Object.keys(flow)
    .map((lib) => `import '@faultline/${lib}';\n`)
    .join(''),
  'apps/map/src/main.ts': `import { geo } from '@faultline/geo';\nexport const box = geo;\n`,
  'apps/worker/src/main.ts': `import '@faultline/platform';\n`,
  'test/support/test-db.ts': `import '@faultline/platform';\nexport const testDb = async () => undefined;\n`,
});

/** One broken rule: the first of the files breaks it, the others are there to be found. */
export interface Fault {
  readonly rule: string;
  readonly files: Files;
}

const fault = (rule: string, file: string, text: string, others: Files = {}): Fault => ({
  rule,
  files: { [file]: text, ...others },
});

/** One fault for every rule. Imports take all their forms: static, type-only, re-exported, awaited. */
export const FAULTS = (flow: Flow): Fault[] => [
  ...Object.entries(flow).map(([lib, allowed]) => {
    const forbidden = Object.keys(flow).find((other) => other !== lib && !allowed.includes(other))!;
    return fault(
      `flow-${lib}`,
      `libs/${lib}/src/reach.ts`,
      `import type { ${forbidden} } from '@faultline/${forbidden}';\nexport type It = typeof ${forbidden};\n`,
    );
  }),
  fault('every-lib-has-a-row', 'apps/api/src/rowless.ts', `import '@faultline/rowless';\n`, {
    'libs/rowless/src/index.ts': 'export const rowless = 1;\n',
  }),
  fault(
    'only-through-the-door',
    'libs/alerts/src/window.ts',
    `export * from '../../evidence/src/evidence.store.js';\n`,
  ),
  fault(
    'only-through-the-door-from-outside',
    'apps/api/src/window.ts',
    `await import('../../../libs/evidence/src/evidence.store.js');\n`,
  ),
  fault('libs-never-import-apps', 'libs/access/src/upwards.ts', `import '../../../apps/api/src/main.js';\n`),
  fault('apps-never-import-apps', 'apps/worker/src/sideways.ts', `import '../../api/src/main.js';\n`),
  fault('the-map-sees-only-geo', 'apps/map/src/peek.ts', `import '@faultline/scoring';\n`),
  fault(
    'kernels-use-no-node',
    'libs/merkle/src/hash.ts',
    `import { createHash } from 'node:crypto';\nexport const hash = createHash;\n`,
  ),
  fault('kernels-use-no-package', 'libs/scoring/src/parse.ts', `import { z } from 'zod';\nexport const Score = z;\n`),
  fault(
    'geo-uses-geometry-packages-only',
    'libs/geo/src/parse.ts',
    `import { z } from 'zod';\nexport const Box = z;\n`,
  ),
  fault(
    'model-uses-no-node',
    'libs/places/src/model/read.ts',
    `import { readFileSync } from 'fs';\nexport const read = readFileSync;\n`,
  ),
  fault(
    'model-uses-no-framework',
    'libs/places/src/model/row.ts',
    `import type { Entity } from 'typeorm';\nexport type Row = Entity;\n`,
  ),
  fault('model-imports-no-shell', 'libs/places/src/model/find.ts', `import '../places.store.js';\n`, {
    'libs/places/src/places.store.ts': 'export const store = 1;\n',
  }),
  fault(
    'model-imports-no-platform',
    'libs/places/src/model/log.ts',
    `import { platform } from '@faultline/platform';\nexport const log = platform;\n`,
  ),
  fault('migrations-stand-alone', 'migrations/2-second.ts', `import '../libs/ledger/src/index.js';\n`),
  fault('only-platform-imports-migrations', 'libs/ledger/src/schema.ts', `import '../../../migrations/1-first.js';\n`),
  fault('product-imports-no-test-code', 'apps/api/src/fake.ts', `import '../../../test/support/test-db.js';\n`),
  fault('no-development-packages', 'apps/api/src/random.ts', `import 'fast-check';\n`),
  fault('no-undeclared-packages', 'apps/api/src/lucky.ts', `import 'undeclared';\n`),
  fault('no-cycles', 'libs/reports/src/one.ts', `import './other.js';\n`, {
    'libs/reports/src/other.ts': `import './one.js';\n`,
  }),
  fault('nothing-unresolvable', 'apps/api/src/lost.ts', `import './nowhere.js';\n`),
];
