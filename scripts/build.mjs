// Makes dist/: the three Node programs with the libraries and migrations they use, and the map. `--if-needed` does
// nothing when dist/ was made from the sources as they are, by content, so that a checkout cannot deceive it.
// Types are checked by `npm test`, not here: compiling alone takes a second, and the first start waits for it.
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
process.chdir(root);

const PROGRAMS = ['api', 'worker', 'cli'];
const COMPILED = [...PROGRAMS.map((app) => `apps/${app}/src`), 'libs', 'migrations'];
const MAP = { config: 'apps/map/vite.config.mjs', entry: 'apps/map/src/main.ts' };
const ALSO_DECISIVE = ['tsconfig.json', 'package-lock.json', 'scripts/build.mjs'];
const STAMP = 'dist/.sources';
const NOT_PRODUCT = /\.(spec|bench)\.ts$|\.d\.ts$|\.md$|(^|\/)(fixtures|golden|node_modules|__snapshots__)\//;

const begin = performance.now();
const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;
const say = (line) => console.log(`build: ${line}`);

const digest = digestOf([...COMPILED, 'apps/map', ...ALSO_DECISIVE].flatMap(filesIn));
if (process.argv.includes('--if-needed') && fs.existsSync(STAMP) && fs.readFileSync(STAMP, 'utf8') === digest) {
  process.exit(0);
}

const stage = path.join(root, '.cache', `build-${randomBytes(6).toString('hex')}`);
try {
  fs.mkdirSync(stage, { recursive: true });
  // Both to their end, so that nothing writes to the stage once it is removed.
  const parts = await Promise.allSettled([compile(), buildMap()]);
  const failures = parts.flatMap((part) => (part.status === 'rejected' ? [part.reason] : []));
  if (failures.length > 0) throw new Error(failures.map((error) => error.message).join('\n'));
  fs.writeFileSync(path.join(stage, path.basename(STAMP)), digest);
  putInPlace();
  say(`dist/ is ready (${seconds(begin)})`);
} catch (error) {
  console.error(`build: failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  fs.rmSync(stage, { recursive: true, force: true });
}

async function compile() {
  const since = performance.now();
  const { transformFile } = await import('@swc/core');
  const files = COMPILED.flatMap(filesIn).filter((file) => !file.endsWith('.cjs'));
  const sources = files.filter((file) => file.endsWith('.ts'));
  const failures = [];
  await Promise.all(
    sources.map(async (file) => {
      const target = path.join(stage, file.replace(/\.ts$/, '.js'));
      try {
        // The same settings as in jest.config.mjs, so that what is tested is what runs.
        const { code, map } = await transformFile(file, {
          swcrc: false,
          sourceMaps: true,
          sourceFileName: path.relative(path.dirname(path.join('dist', file)), file),
          jsc: {
            target: 'es2022',
            parser: { syntax: 'typescript', decorators: true },
            transform: { legacyDecorator: true, decoratorMetadata: true },
            keepClassNames: true,
            baseUrl: root,
            paths: { '@faultline/*': ['./libs/*/src/index.ts'] },
          },
          module: { type: 'es6', resolveFully: true },
        });
        const alias = /(?:from|import)\s*\(?\s*["'](@faultline\/[^"']+)/.exec(code);
        if (alias) throw new Error(`${alias[1]} is no library: wanted libs/<name>/src/index.ts`);
        fs.mkdirSync(path.dirname(target), { recursive: true });
        fs.writeFileSync(target, `${code}//# sourceMappingURL=${path.basename(target)}.map\n`);
        fs.writeFileSync(`${target}.map`, map);
      } catch (error) {
        failures.push(`${file}: ${error.message}`);
      }
    }),
  );
  if (failures.length > 0) throw new Error(`${failures.length} files do not compile\n${failures.join('\n')}`);
  for (const file of files.filter((name) => !name.endsWith('.ts'))) {
    fs.mkdirSync(path.dirname(path.join(stage, file)), { recursive: true });
    fs.copyFileSync(file, path.join(stage, file));
  }
  const missing = PROGRAMS.filter((app) => !fs.existsSync(path.join(stage, `apps/${app}/src/main.js`)));
  if (missing.length > 0) throw new Error(`no main.ts in ${missing.map((app) => `apps/${app}/src`).join(', ')}`);
  say(`compiled ${sources.length} files in ${seconds(since)}`);
}

async function buildMap() {
  if (!fs.existsSync(MAP.entry)) return say(`no map: ${MAP.entry} does not exist`);
  const since = performance.now();
  const vite = 'node_modules/vite/bin/vite.js';
  const args = [
    vite,
    'build',
    '--config',
    MAP.config,
    '--outDir',
    path.join(stage, 'map'),
    '--emptyOutDir',
    '--logLevel',
    'warn',
  ];
  let output = '';
  const status = await new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (status !== 0) throw new Error(`vite ended with ${status}\n${output}`);
  say(`built the map in ${seconds(since)}`);
}

/** Whole or not at all: a build that fails, or is cut off, leaves the dist/ before it. */
function putInPlace() {
  const old = `${stage}.old`;
  for (let attempt = 1; ; attempt++) {
    if (fs.existsSync('dist')) fs.renameSync('dist', old);
    try {
      fs.renameSync(stage, 'dist');
      break;
    } catch (error) {
      // Another build was first.
      if (attempt === 3 || !['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(error.code)) throw error;
    } finally {
      fs.rmSync(old, { recursive: true, force: true });
    }
  }
}

function filesIn(place) {
  if (!fs.existsSync(place)) return [];
  if (!fs.statSync(place).isDirectory()) return [place];
  return fs
    .readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.posix.join(...path.join(entry.parentPath, entry.name).split(path.sep)))
    .filter((file) => !NOT_PRODUCT.test(file))
    .sort();
}

function digestOf(files) {
  const hash = createHash('sha256').update(process.version.split('.')[0]);
  for (const file of files) hash.update(`\0${file}\0`).update(fs.readFileSync(file));
  return hash.digest('hex');
}
